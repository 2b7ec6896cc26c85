"""However long a deadline stood still, as much is left of it afterwards as before."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.calendar import (
    CHINA,
    INSTANT,
    WorkCalendar,
    add_working_days,
    day_of,
    end_of_day,
    working_days_between,
)
from marketplace.kernel.suspension import Unit, days_still, moved

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
days = st.dates(date(2026, 1, 5), date(2026, 11, 30))
moments = st.builds(
    lambda day, minutes: end_of_day(day) + minutes,
    days,
    st.timedeltas(timedelta(0), timedelta(days=1)),
)
stretches = st.timedeltas(timedelta(0), timedelta(days=45))


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    """Draw a year with some free weekdays and some weekend days that are worked."""
    free = draw(st.frozensets(days, max_size=12))
    worked = draw(st.frozensets(days, max_size=6)) - free
    return WorkCalendar(
        holidays=frozenset(day for day in free if day.weekday() < 5),
        makeup_workdays=frozenset(day for day in worked if day.weekday() >= 5),
        published_until=LAST,
    )


@given(calendars(), days, st.integers(1, 40), stretches, stretches)
def test_working_days_that_are_left_stay_the_same_and_no_end_comes_earlier(
    calendar: WorkCalendar, start: date, count: int, passed: timedelta, still: timedelta
) -> None:
    end = add_working_days(start, count, calendar).ends_at
    suspended = min(datetime.combine(start, datetime.min.time(), CHINA) + passed, end - INSTANT)
    resumed = suspended + still
    left = working_days_between(day_of(suspended), day_of(end - INSTANT), calendar)

    days = days_still(Unit.WORKING_DAY, suspended, resumed, calendar)
    later = moved(end, days, Unit.WORKING_DAY, calendar).ends_at

    assert later >= end
    assert working_days_between(day_of(resumed), day_of(later - INSTANT), calendar) == left
    assert (later - end).seconds == 0


@given(calendars(), moments, st.integers(1, 200), stretches, stretches)
def test_calendar_days_that_are_left_stay_the_same(
    calendar: WorkCalendar, start: datetime, count: int, passed: timedelta, still: timedelta
) -> None:
    end = start + timedelta(days=count)
    suspended = min(start + passed, end - INSTANT)
    resumed = suspended + still

    days = days_still(Unit.CALENDAR_DAY, suspended, resumed, calendar)
    later = moved(end, days, Unit.CALENDAR_DAY, calendar).ends_at

    assert later - end == timedelta(days=days)
    assert day_of(later) - day_of(resumed) == day_of(end) - day_of(suspended)


@given(calendars(), days, st.integers(1, 30), moments, stretches, stretches)
def test_two_suspensions_move_an_end_as_far_as_one_after_the_other(
    calendar: WorkCalendar,
    start: date,
    count: int,
    first: datetime,
    one: timedelta,
    two: timedelta,
) -> None:
    end = add_working_days(start, count, calendar).ends_at
    days = [days_still(Unit.WORKING_DAY, first, first + still, calendar) for still in (one, two)]

    stepwise = end
    for each in days:
        stepwise = moved(stepwise, each, Unit.WORKING_DAY, calendar).ends_at

    assert stepwise == moved(end, sum(days), Unit.WORKING_DAY, calendar).ends_at


PLAIN = WorkCalendar(frozenset(), frozenset(), published_until=LAST)
FRIDAY = datetime(2026, 11, 27, 15, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("until", "working", "calendar_days"),
    [
        (FRIDAY + timedelta(hours=2), 0, 0),
        (datetime(2026, 11, 29, 9, tzinfo=CHINA), 0, 2),
        (datetime(2026, 11, 30, 0, 0, tzinfo=CHINA), 1, 3),
        (datetime(2026, 12, 1, 9, tzinfo=CHINA), 2, 4),
    ],
    ids=["the same day", "over a weekend", "to Monday's first instant", "to Tuesday"],
)
def test_the_day_that_was_begun_is_spent_and_that_of_the_resumption_is_given_back(
    until: datetime, working: int, calendar_days: int
) -> None:
    assert days_still(Unit.WORKING_DAY, FRIDAY, until, PLAIN) == working
    assert days_still(Unit.CALENDAR_DAY, FRIDAY, until, PLAIN) == calendar_days


def test_an_end_in_a_year_that_is_not_published_is_provisional() -> None:
    end = datetime(2026, 12, 31, tzinfo=CHINA)

    assert not moved(end, 1, Unit.WORKING_DAY, PLAIN).provisional
    assert moved(end, 2, Unit.WORKING_DAY, PLAIN).provisional
