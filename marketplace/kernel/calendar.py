"""Working days of the People's Republic, and deadlines counted in them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count, islice
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
SATURDAY = 5


class ContradictoryCalendar(ValueError):
    """A day is listed both as a holiday and as a make-up working day."""


class NaiveMoment(ValueError):
    """A moment without a time zone has no day in China."""


@dataclass(frozen=True)
class WorkCalendar:
    """
    The days on which the yearly notices differ from the week.

    The notices are known up to and including `published_until`; after it the week alone decides.

    Raises:
        ContradictoryCalendar: a day is in both sets.

    Source: 国务院年度节假日安排（数据见 CalendarDay）
    """

    holidays: frozenset[date]
    makeup_workdays: frozenset[date]
    published_until: date

    def __post_init__(self) -> None:
        if both := self.holidays & self.makeup_workdays:
            raise ContradictoryCalendar(sorted(both))


@dataclass(frozen=True)
class Deadline:
    """
    The last day of a period; `provisional` while a day it rests on is not yet published.

    One that is counted in hours ends within its day, at `instant`.
    """

    day: date
    provisional: bool = False
    instant: datetime | None = None

    @classmethod
    def at(cls, instant: datetime) -> Deadline:
        """Return the deadline that ends at `instant`, which is late already."""
        return cls(day_of(instant - INSTANT), instant=instant)

    @property
    def ends_at(self) -> datetime:
        """The exclusive instant of the deadline: what arrives at it is late."""
        return self.instant or end_of_day(self.day)


def is_working_day(day: date, calendar: WorkCalendar) -> bool:
    """Say whether `day` is worked; past the last published day, Monday to Friday are."""
    if day <= calendar.published_until:
        if day in calendar.holidays:
            return False
        if day in calendar.makeup_workdays:
            return True
    return day.weekday() < SATURDAY


def add_working_days(start: date, days: int, calendar: WorkCalendar) -> Deadline:
    """
    Return the `days`-th working day after `start`; zero days end on `start` itself.

    `start` is not counted, whether worked or not. `days` is 0 or more.

    Source: 平台默认
    """
    if days < 0:
        raise ValueError(days)
    if days == 0:
        return Deadline(start)
    following = (start + ahead * ONE_DAY for ahead in count(1))
    worked = (day for day in following if is_working_day(day, calendar))
    last = next(islice(worked, days - 1, None))
    return Deadline(last, provisional=last > calendar.published_until)


def working_days_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """Count the working days in (start, end]; 0 when `end` is not after `start`."""
    return sum(
        is_working_day(start + ahead * ONE_DAY, calendar)
        for ahead in range(1, (end - start).days + 1)
    )


def end_of_day(day: date) -> datetime:
    """
    Return 24:00 of `day` in China, that is the next midnight: the first instant that is too late.

    Source: 《民法典》第二百零三条第二款
    """
    return datetime.combine(day + ONE_DAY, time.min, tzinfo=CHINA)


def start_of_day(day: date) -> datetime:
    """Return 0:00 of `day` in China, its first instant."""
    return datetime.combine(day, time.min, tzinfo=CHINA)


def day_of(moment: datetime) -> date:
    """
    Return the day it is in China at `moment`.

    Raises:
        NaiveMoment: `moment` has no time zone.
    """
    if moment.tzinfo is None:
        raise NaiveMoment(moment)
    return moment.astimezone(CHINA).date()
