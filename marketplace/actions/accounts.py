"""Open accounts for people who do not register themselves: officers, and the demo's cast."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from marketplace.addresses import confirm_address
from marketplace.kernel.audit import record
from marketplace.models import User


@transaction.atomic
def open_account(
    *, username: str, name: str, email: str, password_hash: str, by: User | None, at: datetime
) -> User:
    """
    Open an account; `password_hash` is made by the caller, so that no act holds a password.

    Raises:
        ValidationError: the user name is taken, or is no name to log in with.
    """
    user = User(username=username, name=name, email=email, password=password_hash, date_joined=at)
    user.full_clean()
    user.save()
    record(by=by, verb="user.registered", target=user, at=at)
    return user


@transaction.atomic
def vouch_for_address(*, user: User, address: str, by: User | None, at: datetime) -> None:
    """Give an account an address that is its owner's, where somebody else has made sure of it."""
    user.email = address
    user.save(update_fields=["email"])
    confirm_address(user)
    record(by=by, verb="user.address_confirmed", target=user, at=at)
