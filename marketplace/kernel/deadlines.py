"""Deadlines that were counted before a year's holidays were published, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from marketplace.kernel.calendar import CHINA, Deadline
from marketplace.kernel.hooks import Way
from marketplace.kernel.verdicts import Refused

Row = TypeVar("Row")


@dataclass(frozen=True)
class Settled:
    """One deadline that was computed again; `deadline` is the field that holds it."""

    reference: str
    deadline: str
    before: datetime
    after: datetime
    is_provisional: bool

    @property
    def has_moved(self) -> bool:
        """Tell whether it ends later than was announced."""
        return self.after != self.before

    def as_data(self) -> dict[str, Any]:
        """Return what the trail keeps of it."""
        return {
            "deadline": self.deadline,
            "announced": self.before.astimezone(CHINA).isoformat(),
            "settled": self.after.astimezone(CHINA).isoformat(),
            "is_provisional": self.is_provisional,
        }


class CalendarEffect(Protocol):
    """
    Compute the provisional deadlines of an app again, after the calendar has changed.

    Each deadline is an act of its own.
    """

    def __call__(self, *, at: datetime) -> list[Settled]: ...


CALENDAR_EFFECTS = Way[CalendarEffect]()


def settled(reference: str, deadline: str, announced: datetime, computed: Deadline) -> Settled:
    """
    Return what becomes of a deadline that was announced: it may move back, never forward.

    Source: 平台默认
    """
    after = max(announced, computed.ends_at)
    return Settled(reference, deadline, announced, after, computed.provisional)


def settle_each(rows: Iterable[Row], settle: Callable[[Row], Settled | None]) -> list[Settled]:
    """Settle each row; one that somebody has moved on meanwhile is left out."""
    return [found for row in rows if (found := _settle(row, settle)) is not None]


def _settle(row: Row, settle: Callable[[Row], Settled | None]) -> Settled | None:
    try:
        return settle(row)
    except Refused:
        return None


def settle_all(at: datetime) -> list[Settled]:
    """Call every effect of a changed calendar."""
    return [found for effect in CALENDAR_EFFECTS for found in effect(at=at)]
