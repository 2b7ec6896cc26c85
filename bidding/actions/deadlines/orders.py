"""The deadlines of an order: sign-up, opening, registration."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bidding import links, periods
from bidding.actions.deadlines.common import (
    MOVED,
    grace,
    matter,
    no_grace,
    reference,
    rules_of,
    words_of,
)
from bidding.actions.locking import lock_tender
from bidding.actions.telling import tell, tell_bidders, tell_operators
from bidding.guards.explanations import costs_settled_by
from bidding.models import Tender
from bidding.models.deadlines import OrderDeadline
from bidding.selection.methods import method_of
from marketplace.kernel.calendar import WorkCalendar
from marketplace.kernel.deadlines import Ending, Kind, Settled
from marketplace.kernel.suspension import Moved, Unit


def _sign_up(tender: Tender, start: datetime, calendar: WorkCalendar) -> Ending:
    return method_of(tender).period_end(tender, start, rules_of(tender), calendar)


def _opening(tender: Tender, _start: datetime, _calendar: WorkCalendar) -> Ending:
    end = tender.tender_period_end
    assert end is not None  # noqa: S101 - the sign-up begins first
    return Moved(method_of(tender).opening_at(tender, end, rules_of(tender)))


def _hall(tender: Tender, _start: datetime, _calendar: WorkCalendar) -> Ending:
    hall = tender.hall
    assert hall is not None  # noqa: S101 - the hall opens first
    return Moved(hall.ends_at)


def _registration(tender: Tender, start: datetime, calendar: WorkCalendar) -> Ending:
    """Count from when the costs are settled, and somebody is chosen, where that is to be."""
    rules, method = rules_of(tender), method_of(tender)
    start, settled = costs_settled_by(tender, start, rules, calendar)
    before = [settled] if settled else []
    if method.leaves_choice:
        before.append(periods.choose_due(start, rules, calendar, is_scored=method.is_scored))
        start = before[-1].ends_at
    due = periods.register_due(start, rules, calendar)
    return replace(due, provisional=any(one.provisional for one in (*before, due)))


def _choice(tender: Tender, start: datetime, calendar: WorkCalendar) -> Ending:
    """Count from when the costs are settled: nobody may choose before."""
    rules = rules_of(tender)
    start, settled = costs_settled_by(tender, start, rules, calendar)
    is_scored = method_of(tender).is_scored
    due = periods.choose_due(start, rules, calendar, is_scored=is_scored)
    is_provisional = settled is not None and settled.provisional
    return replace(due, provisional=due.provisional or is_provisional)


def _tell_buyer_and_bidders(tender: Tender, found: Settled, at: datetime) -> None:
    told, url = words_of(found), links.to_tender(tender)
    tell(organization=tender.buyer, kind=MOVED, at=at, url=url, tender=tender, **told)
    tell_bidders(tender, kind=MOVED, at=at, **told)


def _tell_officers(tender: Tender, found: Settled, at: datetime) -> None:
    tell_operators(tender, kind=MOVED, at=at, **words_of(found))


OPENING = Kind[Tender](
    name=OrderDeadline.OPENING.value,
    label=OrderDeadline.OPENING.label,
    lock=lock_tender,
    end=_opening,
    reference=reference,
    unit=Unit.FOLLOWS,
    grace=no_grace,
    matter=matter,
)
SIGN_UP = Kind[Tender](
    name=OrderDeadline.SIGN_UP.value,
    label=OrderDeadline.SIGN_UP.label,
    lock=lock_tender,
    end=_sign_up,
    reference=reference,
    tell=_tell_buyer_and_bidders,
    grace=grace,
    matter=matter,
    leads=(OPENING,),
)
HALL = Kind[Tender](
    name=OrderDeadline.HALL.value,
    label=OrderDeadline.HALL.label,
    lock=lock_tender,
    end=_hall,
    reference=reference,
    unit=Unit.FOLLOWS,
    grace=no_grace,
    matter=matter,
)
CHOICE = Kind[Tender](
    name=OrderDeadline.CHOICE.value,
    label=OrderDeadline.CHOICE.label,
    lock=lock_tender,
    end=_choice,
    reference=reference,
    tell=_tell_buyer_and_bidders,
    grace=grace,
    matter=matter,
)
REGISTRATION = Kind[Tender](
    name=OrderDeadline.REGISTRATION.value,
    label=OrderDeadline.REGISTRATION.label,
    lock=lock_tender,
    end=_registration,
    reference=reference,
    tell=_tell_officers,
    grace=grace,
    matter=matter,
)
