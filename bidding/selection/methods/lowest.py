"""Sealed lowest price: the cheapest offer within the ceiling wins, equal ones by the draw."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from bidding import periods
from bidding.guards.terms import amount_is_within_ceiling, amount_is_written_to_the_cent
from bidding.models import Tender
from bidding.selection.methods.base import Method
from marketplace.kernel.calendar import Deadline, WorkCalendar
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Verdict


class LowestPrice(Method):
    """Every eligible agency may offer one sealed amount."""

    name = Tender.Method.LOWEST

    def amount_verdicts(self, tender: Tender, amount: Decimal) -> tuple[Verdict, ...]:
        return amount_is_written_to_the_cent(amount), amount_is_within_ceiling(tender, amount)

    def period_end(
        self, tender: Tender, published_at: datetime, rules: Rules, calendar: WorkCalendar
    ) -> Deadline:
        days = tender.signup_days
        if not days:
            return periods.earliest_tender_period_end(published_at, rules, calendar)
        return periods.tender_period_end(published_at, days, rules, calendar)
