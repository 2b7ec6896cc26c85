"""Payments that were found to be late: the platform pays nothing, so it knows of no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bidding.models import Tender
from bidding.statistics.tallies import month_of
from credit.models import Entry

KIND = "buyer_paid_late"


@dataclass(frozen=True)
class LatePayment:
    """One that the record of the owner holds, and the order that it belongs to."""

    month: date
    division: str
    service_class: str
    fund: str


def late_payments(at: datetime) -> Sequence[LatePayment]:
    """Return what was on record at `at`; what was corrected away counts no more. Two statements."""
    entries = Entry.objects.known_at(at).filter(kind=KIND, points__lt=0).order_by()
    when = dict(entries.values_list("reference", "occurred_at"))
    orders = Tender.objects.public().filter(code__in=when).order_by()
    columns = ("code", "division__code", "item__service_class__code", "fund")
    return [
        LatePayment(month_of(when[code]), division, service_class or "", fund)
        for code, division, service_class, fund in orders.values_list(*columns)
    ]
