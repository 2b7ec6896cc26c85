"""How far a time that stood still moves a deadline, each by its own unit. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from marketplace.kernel.calendar import (
    ONE_DAY,
    Deadline,
    WorkCalendar,
    add_working_days,
    day_of,
    working_days_between,
)


class Unit(StrEnum):
    """What a kind of deadline is counted in."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    FOLLOWS = "follows"
    """It is read off other deadlines and moves with them alone."""


@dataclass(frozen=True)
class Moved:
    """An end that was moved; `provisional` while a day that it rests on is not published."""

    ends_at: datetime
    provisional: bool = False


def days_still(unit: Unit, since: datetime, until: datetime, calendar: WorkCalendar) -> int:
    """
    Count the days from `since` to `until` on which a deadline stood still.

    The day of `since` was begun and is spent; the day of `until` is given back.
    """
    first, last = day_of(since), day_of(until)
    if unit == Unit.WORKING_DAY:
        return working_days_between(first, last, calendar)
    return max((last - first).days, 0)


def moved(end: datetime, days: int, unit: Unit, calendar: WorkCalendar) -> Moved:
    """Return `end` `days` days of its unit later, at the same time of the day."""
    if unit != Unit.WORKING_DAY:
        return Moved(end + days * ONE_DAY)
    last_day = Deadline.at(end).day
    later = add_working_days(last_day, days, calendar)
    return Moved(end + (later.day - last_day), later.provisional)
