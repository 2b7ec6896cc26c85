"""The deadlines of a contract: service and tolerance, acceptance, ratings, archive."""

from __future__ import annotations

from datetime import datetime

from bidding import periods
from bidding.actions.deadlines.common import (
    grace,
    matter,
    no_grace,
    remind,
    rules_of,
    tell_sides_of,
)
from bidding.actions.locking import lock_contract
from bidding.models import Contract
from bidding.models.deadlines import OrderDeadline
from marketplace.kernel.calendar import WorkCalendar
from marketplace.kernel.deadlines import Ending, Kind, Settled
from marketplace.kernel.durations import Duration
from marketplace.kernel.suspension import Moved, Unit

CHECK = "check"
"""Why the service clock stands still while the buyer checks a delivery."""


def _number(contract: Contract) -> str:
    return contract.number


def _period(contract: Contract) -> Duration:
    period = contract.award.tender.service_period
    assert period is not None  # noqa: S101 - what is not counted starts no such deadline
    return period


def _unit(contract: Contract) -> Unit:
    """Return in what the service is counted; months give back days as they passed."""
    is_worked = _period(contract).unit == Unit.WORKING_DAY
    return Unit.WORKING_DAY if is_worked else Unit.CALENDAR_DAY


def _service(contract: Contract, start: datetime, calendar: WorkCalendar) -> Ending:
    return periods.service_due(start, _period(contract), calendar)


def _tolerance(contract: Contract, start: datetime, calendar: WorkCalendar) -> Ending:
    due = periods.service_due(start, _period(contract), calendar)
    return periods.late_service_from(due, rules_of(contract), calendar)


def _acceptance(contract: Contract, start: datetime, calendar: WorkCalendar) -> Ending:
    return periods.acceptance_due(start, rules_of(contract), calendar)


def _payment(contract: Contract, start: datetime, calendar: WorkCalendar) -> Ending:
    """Wait for the law's own day, or for its last one where the contract is said to allow more."""
    if contract.payer == Contract.Payer.LARGE:
        return periods.payment_due_of_large(start, rules_of(contract), calendar)
    is_later = contract.payment_answer == Contract.Payment.NOT_DUE
    due = periods.payment_latest if is_later else periods.payment_due
    return due(start, rules_of(contract), calendar)


def _rating(contract: Contract, start: datetime, calendar: WorkCalendar) -> Ending:
    return periods.rating_due(start, rules_of(contract), calendar)


def _amendment(contract: Contract, start: datetime, calendar: WorkCalendar) -> Ending:
    return periods.amend_due(start, rules_of(contract), calendar)


def _archive(contract: Contract, _start: datetime, _calendar: WorkCalendar) -> Ending:
    """Wait until neither side can rate or amend any more."""
    ends = (contract.rating_due_at, contract.amend_until, contract.agency_amend_until)
    return Moved(max(end for end in ends if end is not None))


def _tell_sides(contract: Contract, found: Settled, at: datetime) -> None:
    tell_sides_of(contract.award, found, at)


TOLERANCE = Kind[Contract](
    name=OrderDeadline.TOLERANCE.value,
    label=OrderDeadline.TOLERANCE.label,
    lock=lock_contract,
    end=_tolerance,
    reference=_number,
    tell=_tell_sides,
    counted_in=_unit,
    grace=grace,
    matter=matter,
)
SERVICE = Kind[Contract](
    name=OrderDeadline.SERVICE.value,
    label=OrderDeadline.SERVICE.label,
    lock=lock_contract,
    end=_service,
    reference=_number,
    tell=_tell_sides,
    counted_in=_unit,
    remind=remind,
    matter=matter,
    leads=(TOLERANCE,),
)
ACCEPTANCE = Kind[Contract](
    name=OrderDeadline.ACCEPTANCE.value,
    label=OrderDeadline.ACCEPTANCE.label,
    lock=lock_contract,
    end=_acceptance,
    reference=_number,
    unit=Unit.CALENDAR_DAY,
    grace=grace,
    matter=matter,
)
PAYMENT = Kind[Contract](
    name=OrderDeadline.PAYMENT.value,
    label=OrderDeadline.PAYMENT.label,
    lock=lock_contract,
    end=_payment,
    reference=_number,
    unit=Unit.CALENDAR_DAY,
    grace=no_grace,
)
ARCHIVE = Kind[Contract](
    name=OrderDeadline.ARCHIVE.value,
    label=OrderDeadline.ARCHIVE.label,
    lock=lock_contract,
    end=_archive,
    reference=_number,
    unit=Unit.FOLLOWS,
    grace=grace,
    matter=matter,
)
RATING = Kind[Contract](
    name=OrderDeadline.RATING.value,
    label=OrderDeadline.RATING.label,
    lock=lock_contract,
    end=_rating,
    reference=_number,
    tell=_tell_sides,
    grace=grace,
    remind=remind,
    matter=matter,
    leads=(ARCHIVE,),
)
AMENDMENT = Kind[Contract](
    name=OrderDeadline.AMENDMENT.value,
    label=OrderDeadline.AMENDMENT.label,
    lock=lock_contract,
    end=_amendment,
    reference=_number,
    tell=_tell_sides,
    matter=matter,
    leads=(ARCHIVE,),
)
AGENCY_AMENDMENT = Kind[Contract](
    name=OrderDeadline.AGENCY_AMENDMENT.value,
    label=OrderDeadline.AGENCY_AMENDMENT.label,
    lock=lock_contract,
    end=_amendment,
    reference=_number,
    tell=_tell_sides,
    matter=matter,
    leads=(ARCHIVE,),
)
