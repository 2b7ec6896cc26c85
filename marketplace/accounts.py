"""How allauth meets our users: by e-mail, phone or user name."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """The platform's account rules."""
