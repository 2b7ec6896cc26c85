"""When the deadlines of a contract end, counted from what has happened to it."""

from __future__ import annotations

from bidding import periods
from bidding.models import Contract, Deliverable
from marketplace.kernel.calendar import Deadline, WorkCalendar, day_of, working_days_between
from marketplace.kernel.declarations import Rules


def service_deadlines(
    contract: Contract, rules: Rules, calendar: WorkCalendar
) -> tuple[Deadline, Deadline]:
    """Return the end of a signed contract's service and that of the tolerance after it."""
    assert contract.signed_at is not None  # noqa: S101 - a constraint: it is signed
    days = (contract.award.tender.service_days or 0) + _checked_days(contract, calendar)
    due = periods.service_due(contract.signed_at, days, calendar)
    return due, periods.late_service_from(due, rules, calendar)


def _checked_days(contract: Contract, calendar: WorkCalendar) -> int:
    """Count the working days of the checks that ended in a return; the clock stood still then."""
    returned = contract.deliverables.filter(status=Deliverable.Status.RETURNED)
    spans = returned.values_list("delivered_at", "decided_at")
    return sum(
        working_days_between(day_of(delivered_at), day_of(decided_at), calendar)
        for delivered_at, decided_at in spans
        if decided_at is not None
    )
