"""The days on which the official calendar differs from the week, and where they come from. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from marketplace.reference.sources import (
    BadReferenceData,
    Row,
    read_member,
    read_object,
    read_rows,
    refuse_repeats,
)

SATURDAY = 5
COLUMNS = ("day", "is_workday", "name", "source")
OCTOBER = 10
"""The month of the national holidays: a list without them is not that of a whole year."""


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


def parse_calendar_days(text: str, file: str = "calendar.csv") -> tuple[CalendarDay, ...]:
    """
    Return the days of a file.

    Raises:
        BadReferenceData: a day that is as its weekday is anyway, or stands there twice.
    """
    rows = read_rows(text, file, COLUMNS)
    refuse_repeats(rows, "day")
    return tuple(_day(row) for row in rows)


def refuse_half_years(days: Iterable[CalendarDay], file: str = "calendar.csv") -> None:
    """
    Let a year be told of whole: what is not among its days is as the week has it.

    Raises:
        BadReferenceData: a year has no free day in October.
    """
    given = tuple(days)
    whole = {one.day.year for one in given if one.day.month == OCTOBER and not one.is_workday}
    for one in given:
        if one.day.year not in whole:
            raise BadReferenceData(file, 0, "day", "not_a_whole_year", str(one.day.year))


def _day(row: Row) -> CalendarDay:
    is_workday = row.one_of("is_workday", ("true", "false")) == "true"
    day = row.day("day")
    if is_workday != (day.weekday() >= SATURDAY):
        row.fail("is_workday", "as_the_week")
    return CalendarDay(day, is_workday, row.text("name"), row.text("source"))
