"""Note who has read a number that public pages mask, and why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bidding.guards.contacts import SHOWN, lookups_are_within_limit
from bidding.models import Tender
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import Organization, User


@transaction.atomic
def note_contact_shown(
    *, target: Tender | Organization, reason: str, by: User | None, at: datetime, count: int
) -> None:
    """
    Record that `count` numbers of `target` were shown; `by` is None for who has not signed in.

    Raises:
        Refused: `by` has been shown as many today as one person may.
    """
    require(lookups_are_within_limit(by, at))
    record(by=by, verb=SHOWN, target=target, at=at, reason=reason, count=count)
