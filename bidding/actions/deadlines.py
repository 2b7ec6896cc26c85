"""The deadlines of an order's life: how each is counted, and who is told when it moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bidding import links, periods
from bidding.actions.locking import lock_award, lock_contract, lock_tender
from bidding.actions.telling import tell, tell_bidders, tell_both, tell_operators
from bidding.models import Award, Contract, Tender
from bidding.models.deadlines import OrderDeadline
from bidding.rulebook import rules_for
from bidding.rules import OPENING_GRACE
from bidding.selection.methods import method_of
from marketplace.kernel.calendar import WorkCalendar
from marketplace.kernel.deadlines import Ending, Kind, Settled
from marketplace.kernel.declarations import Rules
from marketplace.kernel.durations import Duration
from marketplace.kernel.suspension import Moved, Unit

MOVED = "bidding/deadline_settled"
CHECK = "check"
"""Why the service clock stands still while the buyer checks a delivery."""


def _rules(row: Tender | Award | Contract) -> Rules:
    """Return the rules that bind the order; it was published, so no moment matters."""
    tender = _order_of(row)
    assert tender.published_at is not None  # noqa: S101 - a constraint: deadlines begin later
    return rules_for(tender, tender.published_at)


def _order_of(row: Tender | Award | Contract) -> Tender:
    return ORDER_OF[type(row)](row)


ORDER_OF: dict[type, Callable[[Any], Tender]] = {
    Tender: lambda tender: tender,
    Award: lambda award: award.tender,
    Contract: lambda contract: contract.award.tender,
}


def _grace(row: Tender | Award | Contract) -> timedelta:
    """Return how long what has arrived in time may wait for a lock."""
    return _rules(row)[OPENING_GRACE].span


def _no_grace(_row: Tender | Award | Contract) -> timedelta:
    return timedelta(0)


def _matter(row: Tender | Award | Contract) -> str:
    return f"tender/{_order_of(row).slug}"


def _reference(row: Tender | Award) -> str:
    return _order_of(row).reference


def _number(contract: Contract) -> str:
    return contract.number


def _remind(
    row: Tender | Award | Contract, start: datetime, end: datetime, calendar: WorkCalendar
) -> datetime | None:
    return periods.reminder_at(start, end, _rules(row), calendar)


# --- The order ------------------------------------------------------------------------------------
def _sign_up(tender: Tender, start: datetime, calendar: WorkCalendar) -> Ending:
    return method_of(tender).period_end(tender, start, _rules(tender), calendar)


def _opening(tender: Tender, _start: datetime, _calendar: WorkCalendar) -> Ending:
    end = tender.tender_period_end
    assert end is not None  # noqa: S101 - the sign-up begins first
    return Moved(method_of(tender).opening_at(tender, end, _rules(tender)))


def _registration(tender: Tender, start: datetime, calendar: WorkCalendar) -> Ending:
    return periods.register_due(start, _rules(tender), calendar)


def _told(found: Settled) -> dict[str, object]:
    """Return what the message says beside the order."""
    return {"label": OrderDeadline(found.deadline).label, "settled": found}


def _tell_buyer_and_bidders(tender: Tender, found: Settled, at: datetime) -> None:
    told, url = _told(found), links.to_tender(tender)
    tell(organization=tender.buyer, kind=MOVED, at=at, url=url, tender=tender, **told)
    tell_bidders(tender, kind=MOVED, at=at, **told)


def _tell_officers(tender: Tender, found: Settled, at: datetime) -> None:
    tell_operators(tender, kind=MOVED, at=at, **_told(found))


OPENING = Kind[Tender](
    name=OrderDeadline.OPENING.value,
    label=OrderDeadline.OPENING.label,
    lock=lock_tender,
    end=_opening,
    reference=_reference,
    unit=Unit.FOLLOWS,
    grace=_no_grace,
    matter=_matter,
)
SIGN_UP = Kind[Tender](
    name=OrderDeadline.SIGN_UP.value,
    label=OrderDeadline.SIGN_UP.label,
    lock=lock_tender,
    end=_sign_up,
    reference=_reference,
    tell=_tell_buyer_and_bidders,
    grace=_grace,
    matter=_matter,
    leads=(OPENING,),
)
REGISTRATION = Kind[Tender](
    name=OrderDeadline.REGISTRATION.value,
    label=OrderDeadline.REGISTRATION.label,
    lock=lock_tender,
    end=_registration,
    reference=_reference,
    tell=_tell_officers,
    grace=_grace,
    matter=_matter,
)


# --- The result -----------------------------------------------------------------------------------
def _publicity(award: Award, start: datetime, calendar: WorkCalendar) -> Ending:
    return periods.result_publicity_end(start, _rules(award), calendar)


def _signature(award: Award, start: datetime, calendar: WorkCalendar) -> Ending:
    return periods.sign_due(start, _rules(award), calendar)


def _tell_both(award: Award, found: Settled, at: datetime) -> None:
    tell_both(award, kind=MOVED, at=at, **_told(found))


PUBLICITY = Kind[Award](
    name=OrderDeadline.PUBLICITY.value,
    label=OrderDeadline.PUBLICITY.label,
    lock=lock_award,
    end=_publicity,
    reference=_reference,
    tell=_tell_both,
    grace=_no_grace,
    matter=_matter,
)
SIGNATURE = Kind[Award](
    name=OrderDeadline.SIGNATURE.value,
    label=OrderDeadline.SIGNATURE.label,
    lock=lock_award,
    end=_signature,
    reference=_reference,
    tell=_tell_both,
    grace=_grace,
    remind=_remind,
    matter=_matter,
)


# --- The contract ---------------------------------------------------------------------------------
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
    return periods.late_service_from(due, _rules(contract), calendar)


def _acceptance(contract: Contract, start: datetime, calendar: WorkCalendar) -> Ending:
    return periods.acceptance_due(start, _rules(contract), calendar)


def _rating(contract: Contract, start: datetime, calendar: WorkCalendar) -> Ending:
    return periods.rating_due(start, _rules(contract), calendar)


def _amendment(contract: Contract, start: datetime, calendar: WorkCalendar) -> Ending:
    return periods.amend_due(start, _rules(contract), calendar)


def _archive(contract: Contract, _start: datetime, _calendar: WorkCalendar) -> Ending:
    """Wait until neither side can rate or amend any more."""
    ends = (contract.rating_due_at, contract.amend_until, contract.agency_amend_until)
    return Moved(max(end for end in ends if end is not None))


def _tell_sides(contract: Contract, found: Settled, at: datetime) -> None:
    _tell_both(contract.award, found, at)


TOLERANCE = Kind[Contract](
    name=OrderDeadline.TOLERANCE.value,
    label=OrderDeadline.TOLERANCE.label,
    lock=lock_contract,
    end=_tolerance,
    reference=_number,
    tell=_tell_sides,
    counted_in=_unit,
    grace=_grace,
    matter=_matter,
)
SERVICE = Kind[Contract](
    name=OrderDeadline.SERVICE.value,
    label=OrderDeadline.SERVICE.label,
    lock=lock_contract,
    end=_service,
    reference=_number,
    tell=_tell_sides,
    counted_in=_unit,
    remind=_remind,
    matter=_matter,
    leads=(TOLERANCE,),
)
ACCEPTANCE = Kind[Contract](
    name=OrderDeadline.ACCEPTANCE.value,
    label=OrderDeadline.ACCEPTANCE.label,
    lock=lock_contract,
    end=_acceptance,
    reference=_number,
    unit=Unit.CALENDAR_DAY,
    grace=_grace,
    matter=_matter,
)
ARCHIVE = Kind[Contract](
    name=OrderDeadline.ARCHIVE.value,
    label=OrderDeadline.ARCHIVE.label,
    lock=lock_contract,
    end=_archive,
    reference=_number,
    unit=Unit.FOLLOWS,
    grace=_grace,
    matter=_matter,
)
RATING = Kind[Contract](
    name=OrderDeadline.RATING.value,
    label=OrderDeadline.RATING.label,
    lock=lock_contract,
    end=_rating,
    reference=_number,
    tell=_tell_sides,
    grace=_grace,
    remind=_remind,
    matter=_matter,
    leads=(ARCHIVE,),
)
AMENDMENT = Kind[Contract](
    name=OrderDeadline.AMENDMENT.value,
    label=OrderDeadline.AMENDMENT.label,
    lock=lock_contract,
    end=_amendment,
    reference=_number,
    tell=_tell_sides,
    matter=_matter,
    leads=(ARCHIVE,),
)
AGENCY_AMENDMENT = Kind[Contract](
    name=OrderDeadline.AGENCY_AMENDMENT.value,
    label=OrderDeadline.AGENCY_AMENDMENT.label,
    lock=lock_contract,
    end=_amendment,
    reference=_number,
    tell=_tell_sides,
    matter=_matter,
    leads=(ARCHIVE,),
)
