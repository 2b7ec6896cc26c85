"""Set up an authority and its first officer; nobody can do this on a page."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from marketplace.actions.accounts import open_account
from marketplace.actions.authorities import set_up_authority
from marketplace.actions.memberships import add_member
from marketplace.guards.memberships import ROLES_OF
from marketplace.kernel import clock
from marketplace.models import Division, Membership, Organization, User
from marketplace.parties import person

ROLES = [role.value for role in ROLES_OF[Organization.Kind.AUTHORITY]]


class Command(BaseCommand):
    """Create what is missing of an authority, an account and its roles; the rest stays."""

    help = "Set up an authority and give one person roles in it (idempotent)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="name of the authority")
        parser.add_argument("division", help="code of its area, such as 360000")
        parser.add_argument("login", help="user name of the officer")
        parser.add_argument("roles", nargs="+", choices=ROLES, metavar="role", help=str(ROLES))
        parser.add_argument("--email", default="", help="address of an account to be opened")
        parser.add_argument("--person", default="", help="the officer's own name")

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        at = clock.now()
        organization = self.authority(options["name"], options["division"], at)
        user = self.account(options["login"], options["email"], options["person"], at)
        held = {
            row.role for row in Membership.objects.held_by(user) if row.organization == organization
        }
        for role in dict.fromkeys(options["roles"]):
            if role not in held:
                add_member(organization=organization, user=user, role=role, by=None, at=at)
            self.say("role", role, is_new=role not in held)
        if not user.has_usable_password():
            self.stdout.write(f"the password is set at: {password_link(user)}")

    def authority(self, name: str, code: str, at: datetime) -> Organization:
        """Return the authority of this name and area, set up now when there is none."""
        division = Division.objects.filter(code=code).first()
        if division is None:
            raise CommandError(f"There is no division {code}; run load_reference first.")
        authorities = Organization.objects.filter(kind=Organization.Kind.AUTHORITY)
        known = authorities.filter(name=name, division=division).first()
        self.say("authority", name, is_new=known is None)
        return known or set_up_authority(name=name, division=division, by=None, at=at)

    def account(self, login: str, email: str, name: str, at: datetime) -> User:
        """Return the person with this user name; a new account has no password yet."""
        known = person(login)
        if known is None and not email:
            raise CommandError(f"There is no account {login}; name an --email to open it.")
        self.say("account", login, is_new=known is None)
        try:
            return known or open_account(
                username=login,
                name=name,
                email=email,
                password_hash=make_password(None),
                by=None,
                at=at,
            )
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error

    def say(self, what: str, name: str, *, is_new: bool) -> None:
        """Print one line: created now, or there before."""
        self.stdout.write(f"{what} {name}: {'created' if is_new else 'exists'}")


def password_link(user: User) -> str:
    """Return the address at which the owner of an account chooses a password, once."""
    key = default_token_generator.make_token(user)
    path = reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key}
    )
    return f"{settings.PUBLIC_URL}{path}"
