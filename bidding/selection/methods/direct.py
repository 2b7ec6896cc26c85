"""Direct: the buyer names one agency, which accepts with an amount within the ceiling."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from bidding import periods
from bidding.guards.agencies import (
    agency_is_admitted,
    agency_is_named,
    agency_is_qualified,
    may_be_named,
)
from bidding.guards.terms import (
    amount_is_within_ceiling,
    amount_is_written_to_the_cent,
    naming_is_complete,
    order_has_ceiling,
)
from bidding.models import Tender
from bidding.selection.methods.base import Method
from marketplace.kernel.calendar import Deadline, WorkCalendar
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Verdict
from marketplace.models import Organization


class Direct(Method):
    """Only the named agency may answer; its answer ends the sign-up."""

    name = Tender.Method.DIRECT
    settles_on_entry = True

    def order_verdicts(self, tender: Tender, at: datetime, /) -> tuple[Verdict, ...]:
        agency = tender.named_agency
        asked = naming_is_complete(tender), order_has_ceiling(tender)
        if agency is None:
            return asked
        return (
            *asked,
            agency_is_admitted(agency),
            agency_is_qualified(agency, tender.item, at),
            may_be_named(agency, tender.item, at),
        )

    def entry_verdicts(self, tender: Tender, agency: Organization, /) -> tuple[Verdict, ...]:
        return (agency_is_named(tender, agency),)

    def amount_verdicts(self, tender: Tender, amount: Decimal) -> tuple[Verdict, ...]:
        return amount_is_written_to_the_cent(amount), amount_is_within_ceiling(tender, amount)

    def period_end(
        self,
        tender: Tender,  # noqa: ARG002 - the interface has it
        published_at: datetime,
        rules: Rules,
        calendar: WorkCalendar,
    ) -> Deadline:
        return periods.direct_accept_due(published_at, rules, calendar)
