"""A length of time with its unit: forty-eight hours, thirty days, three working days. Pure."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from marketplace.kernel.calendar import (
    ONE_DAY,
    Deadline,
    WorkCalendar,
    add_working_days,
    day_of,
    end_of_day,
    is_working_day,
)

MONTHS = MappingProxyType({"month": 1, "year": 12})
CLOCKED = MappingProxyType(
    {"second": timedelta(seconds=1), "minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
)
LONGEST_WAIT = timedelta(seconds=60)
"""As long as a request may wait; a grace that is shorter might lose what arrived in time."""
UNITS = ("second", "minute", "hour", "working_day", "calendar_day", "month", "year")


class NotComparable(ValueError):
    """Which of two durations of different units is longer depends on the day they begin."""


@dataclass(frozen=True)
class Duration:
    """`count` of one of `UNITS`, with the unit as part of the value."""

    count: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in UNITS or self.count < 0:
            raise ValueError(self)

    def after(self, moment: datetime, calendar: WorkCalendar) -> Deadline:
        """
        Return the deadline that lies this long after `moment`.

        Seconds, minutes and hours run from the moment itself. Days, months and years are counted
        from the day it is in China, which does not count, and end at 24:00; a month without that
        day ends on its last day.

        Source: 平台默认；24:00 据《民法典》第二百零三条第二款
        """
        if self.unit in CLOCKED:
            return Deadline.at(moment + self.span)
        return self.after_day(day_of(moment), calendar)

    def after_day(self, day: date, calendar: WorkCalendar) -> Deadline:
        """Return the deadline counted from the end of `day`."""
        if self.unit == "working_day":
            return add_working_days(day, self.count, calendar)
        if self.unit == "calendar_day":
            return Deadline(day + self.count * ONE_DAY)
        if self.unit in MONTHS:
            return Deadline(_months_after(day, self.count * MONTHS[self.unit]))
        return Deadline.at(end_of_day(day) + self.span)

    def before(self, moment: datetime, calendar: WorkCalendar) -> datetime:
        """
        Return the instant this long before `moment`, a deadline.

        Days before a deadline are whole ones: the reminder two working days before Thursday 24:00
        is due as Wednesday begins.
        """
        if self.unit in CLOCKED:
            return moment - self.span
        day, left = day_of(moment), self.count
        if self.unit in MONTHS:
            return end_of_day(_months_after(day, -self.count * MONTHS[self.unit]) - ONE_DAY)
        while left:
            day -= ONE_DAY
            left -= self.unit == "calendar_day" or is_working_day(day, calendar)
        return end_of_day(day - ONE_DAY)

    @property
    def span(self) -> timedelta:
        """
        The exact length of seconds, minutes and hours.

        Raises:
            KeyError: a day, a month or a year has none.
        """
        return self.count * CLOCKED[self.unit]

    def is_longer_than(self, other: Duration) -> bool:
        """
        Tell whether this is longer, whatever the day.

        Raises:
            NotComparable: the units differ and have no common measure.
        """
        if self.unit == other.unit:
            return self.count > other.count
        if self.unit in CLOCKED and other.unit in CLOCKED:
            return self.span > other.span
        if self.unit in MONTHS and other.unit in MONTHS:
            return self.count * MONTHS[self.unit] > other.count * MONTHS[other.unit]
        raise NotComparable(self, other)


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, MONTHS["year"])
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
