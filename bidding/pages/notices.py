"""What the page of one order says of its past: the public log, and the round that followed."""

from __future__ import annotations

from django.db.models import QuerySet

from bidding.models import Tender
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.statements import statement

PUBLIC_VERBS = (
    "tender.reviewed",
    "tender.approved",
    "tender.published",
    "tender.closed",
    "tender.evaluated",
    "tender.chosen",
    "tender.scored",
    "tender.failed",
    "tender.registered",
    "tender.handed_over",
    "tender.amended",
    "tender.cancelled",
    "tender.suspended",
    "tender.resumed",
)


def public_log(tender: Tender) -> list[AuditEntry]:
    """Return the public acts on an order, oldest first; nothing about a bid is among them."""
    return _public_log(str(tender.pk))


@statement
def _public_log(key: str) -> QuerySet[AuditEntry]:
    entries = AuditEntry.objects.filter(
        target_type=Tender._meta.label_lower,
        target_id=key,
        verb__in=PUBLIC_VERBS,
        is_sealed=False,
    )
    return entries.only("at", "verb").order_by("pk")


def rerun_of(tender: Tender) -> Tender | None:
    """Return the published next round of an order, or None."""
    return Tender.objects.public().filter(previous=tender).first()
