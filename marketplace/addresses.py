"""Whose e-mail address is confirmed: only there anything of the business is sent."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q

from marketplace.models import User


def has_confirmed_address(user: User) -> bool:
    """Tell whether the person has confirmed that the address of the account is theirs."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True, email__iexact=user.email)
    return bool(user.email) and confirmed.exists()


def person_of(login: str) -> User | None:
    """
    Return the one active person with this user name or confirmed address; None when it is not one.

    An address that nobody has confirmed may be somebody else's.
    """
    confirmed = EmailAddress.objects.filter(
        user=OuterRef("pk"), verified=True, email__iexact=OuterRef("email")
    )
    by_address = Q(Exists(confirmed), email__iexact=login)
    people = User.objects.filter(Q(username=login) | by_address, is_active=True)[:2]
    return people[0] if len(people) == 1 else None


def confirm_address(user: User) -> None:
    """Note that the address of an account is its owner's, where somebody has made sure of it."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
