"""Note who has read a number that public pages mask, and why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bidding.models import Tender
from marketplace.kernel.audit import record
from marketplace.models import Organization, User


@transaction.atomic
def note_contact_shown(
    *, target: Tender | Organization, reason: str, by: User | None, at: datetime
) -> None:
    """Record that the numbers of `target` were shown; `by` is None for who has not signed in."""
    record(by=by, verb="contact.shown", target=target, at=at, reason=reason)
