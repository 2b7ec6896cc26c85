"""Note on the trail what becomes of the second factors of people."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from marketplace.factors import OF_THE_DEMO
from marketplace.kernel.audit import record
from marketplace.models import User


@transaction.atomic
def note_factor_added(*, factor: Authenticator, by: User, at: datetime) -> None:
    """Record that a person has bound an app or a key."""
    record(by=by, verb="factor.added", target=by, at=at, type=factor.type, factor=factor.pk)


@transaction.atomic
def note_factor_removed(*, kind: str, factor: int, by: User, at: datetime) -> None:
    """Record that a person has unbound the app or key that had the primary key `factor`."""
    record(by=by, verb="factor.removed", target=by, at=at, type=kind, factor=factor)


@transaction.atomic
def give_demo_factor(*, user: User, at: datetime) -> None:
    """Give an officer of the demo the app whose codes its pages fill in; it is good there alone."""
    kind = Authenticator.Type.TOTP
    data = {"secret": OF_THE_DEMO}
    factor = Authenticator.objects.create(user=user, type=kind, data=data, created_at=at)
    note_factor_added(factor=factor, by=user, at=at)
