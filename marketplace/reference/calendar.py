"""The days on which the official calendar differs from the week, and where they come from. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from marketplace.reference.sources import read_member, read_object

SATURDAY = 5


@dataclass(frozen=True)
class CalendarSource:
    """What to name as the source (`{version}` stands for the package's), and the first year."""

    source: str
    first_year: int


def parse_calendar_source(text: str, file: str = "calendar.json") -> CalendarSource:
    """
    Return where the working days come from.

    Raises:
        BadReferenceData: not JSON, or a member is absent or of another type.
    """
    content = read_object(text, file)
    return CalendarSource(
        read_member(content, "source", str, file), read_member(content, "first_year", int, file)
    )


@dataclass(frozen=True)
class CalendarDay:
    """A weekday that is free, or a day of the weekend that is worked."""

    day: date
    is_workday: bool
    name: str
    source: str


def differing_days(
    *,
    free: Mapping[date, str],
    worked: Mapping[date, str],
    years: range,
    names: Mapping[str, str],
    source: str,
) -> tuple[CalendarDay, ...]:
    """
    Return the days of `years` on which the official calendar differs from the week, in order.

    `free` and `worked` give each day the key of its occasion, which `names` spells out.
    """
    found = [
        CalendarDay(day, is_workday, names[occasion], source)
        for days, is_workday in ((free, False), (worked, True))
        for day, occasion in days.items()
        if day.year in years and is_workday == (day.weekday() >= SATURDAY)
    ]
    return tuple(sorted(found, key=lambda one: one.day))
