"""What the deadlines of an order's life have in common: rules, grace, reminder, who is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bidding import periods
from bidding.actions.telling import tell_both
from bidding.models import Award, Contract, Explanation, PanelSeat, Tender
from bidding.models.deadlines import OrderDeadline
from bidding.rulebook import rules_for
from bidding.rules.openings import OPENING_GRACE
from marketplace.kernel.calendar import WorkCalendar
from marketplace.kernel.deadlines import Settled
from marketplace.kernel.declarations import Rules

MOVED = "bidding/deadline_settled"
Subject = Tender | Award | Contract | Explanation | PanelSeat
"""Whose deadlines are of an order's life."""


def rules_of(row: Subject) -> Rules:
    """Return the rules that bind the order; it was published, so no moment matters."""
    tender = _order_of(row)
    assert tender.published_at is not None  # noqa: S101 - a constraint: deadlines begin later
    return rules_for(tender, tender.published_at)


def _order_of(row: Subject) -> Tender:
    return ORDER_OF[type(row)](row)


ORDER_OF: dict[type, Callable[[Any], Tender]] = {
    Tender: lambda tender: tender,
    Award: lambda award: award.tender,
    Contract: lambda contract: contract.award.tender,
    Explanation: lambda explanation: explanation.tender,
    PanelSeat: lambda seat: seat.tender,
}


def grace(row: Subject) -> timedelta:
    """Return how long what has arrived in time may wait for a lock."""
    return rules_of(row)[OPENING_GRACE].span


def no_grace(_row: Subject) -> timedelta:
    """Return nothing: nobody can act until such an end."""
    return timedelta(0)


def matter(row: Subject) -> str:
    """Return what all deadlines of an order belong to."""
    return f"tender/{_order_of(row).slug}"


def reference(row: Tender | Award | PanelSeat) -> str:
    """Return the name of the order."""
    return _order_of(row).reference


def remind(row: Subject, start: datetime, end: datetime, calendar: WorkCalendar) -> datetime | None:
    """Return when to remind of an end, by the rules that bind the order."""
    return periods.reminder_at(start, end, rules_of(row), calendar)


def words_of(found: Settled) -> dict[str, object]:
    """Return what the message says beside the order."""
    return {"label": OrderDeadline(found.deadline).label, "settled": found}


def tell_sides_of(award: Award, found: Settled, at: datetime) -> None:
    """Tell buyer and winner that a deadline has moved."""
    tell_both(award, kind=MOVED, at=at, **words_of(found))
