"""Working days against the published year 2026, and what holds for every calendar."""

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.calendar import (
    ContradictoryCalendar,
    Deadline,
    NaiveMoment,
    WorkCalendar,
    add_working_days,
    day_of,
    end_of_day,
    is_working_day,
    start_of_day,
    working_days_between,
)

YEAR = [date(2026, 1, 1) + timedelta(days=ahead) for ahead in range(365)]
C2026 = WorkCalendar(
    holidays=frozenset(
        day for day in YEAR if day.weekday() < 5 and not chinese_calendar.is_workday(day)
    ),
    makeup_workdays=frozenset(
        day for day in YEAR if day.weekday() >= 5 and chinese_calendar.is_workday(day)
    ),
    published_until=date(2026, 12, 31),
)

days = st.dates(min_value=date(2025, 1, 1), max_value=date(2028, 12, 31))
counts = st.integers(min_value=0, max_value=60)


@st.composite
def calendars(draw):
    holidays = draw(st.frozensets(days, max_size=40))
    makeup = draw(st.frozensets(days, max_size=20))
    return WorkCalendar(holidays, makeup - holidays, draw(days))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
        (date(2026, 2, 14), True),
    ],
)
def test_is_working_day_follows_holidays_and_makeup_days(day, worked):
    assert is_working_day(day, C2026) is worked


def test_the_year_2026_has_248_working_days():
    assert working_days_between(date(2025, 12, 31), date(2026, 12, 31), C2026) == 248


def test_past_the_published_year_the_week_decides_even_where_a_day_is_listed():
    calendar = WorkCalendar(
        holidays=frozenset({date(2027, 1, 4)}),
        makeup_workdays=frozenset({date(2027, 1, 9)}),
        published_until=date(2026, 12, 31),
    )

    assert is_working_day(date(2027, 1, 4), calendar)
    assert not is_working_day(date(2027, 1, 9), calendar)


def test_the_last_published_day_still_follows_the_lists():
    calendar = WorkCalendar(frozenset({date(2026, 12, 31)}), frozenset(), date(2026, 12, 31))

    assert not is_working_day(date(2026, 12, 31), calendar)


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        (date(2026, 9, 29), 5, date(2026, 10, 12)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 10, 9), 1, date(2026, 10, 10)),
        (date(2026, 11, 24), 3, date(2026, 11, 27)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 10, 1), 0, date(2026, 10, 1)),
    ],
)
def test_add_working_days_counts_from_the_day_after(start, count, last):
    assert add_working_days(start, count, C2026) == Deadline(last, provisional=False)


def test_k8_02_forty_five_working_days_reach_into_a_year_without_holidays():
    """K8-02: from 2026-11-28, with the holidays of 2027 not published."""
    found = add_working_days(date(2026, 11, 28), 45, C2026)

    assert found == Deadline(date(2027, 1, 29), provisional=True)


def test_a_deadline_on_the_last_published_day_is_certain_and_one_past_it_is_provisional():
    assert add_working_days(date(2026, 12, 30), 1, C2026) == Deadline(date(2026, 12, 31))
    assert add_working_days(date(2026, 12, 30), 2, C2026) == Deadline(
        date(2027, 1, 1), provisional=True
    )


def test_add_working_days_refuses_to_count_backwards():
    with pytest.raises(ValueError, match="-1"):
        add_working_days(date(2026, 11, 24), -1, C2026)


def test_a_day_cannot_be_both_free_and_worked():
    day = frozenset({date(2026, 10, 1)})

    with pytest.raises(ContradictoryCalendar):
        WorkCalendar(day, day, date(2026, 12, 31))


@given(days, counts, counts, calendars())
def test_steps_compose(start, first, second, calendar):
    whole = add_working_days(start, first + second, calendar)
    half = add_working_days(start, first, calendar)
    rest = add_working_days(half.day, second, calendar)

    assert whole.day == rest.day
    assert whole.provisional == (half.provisional or rest.provisional)


@given(days, st.integers(min_value=1, max_value=60), calendars())
def test_the_result_is_worked_and_is_the_nth(start, count, calendar):
    last = add_working_days(start, count, calendar).day

    assert is_working_day(last, calendar)
    assert working_days_between(start, last, calendar) == count


@given(days, st.integers(min_value=1, max_value=60), calendars())
def test_no_earlier_day_is_the_nth(start, count, calendar):
    last = add_working_days(start, count, calendar).day

    assert working_days_between(start, last - timedelta(days=1), calendar) == count - 1


@given(days, counts, calendars())
def test_a_certain_deadline_stays_when_more_days_are_published(start, count, calendar):
    deadline = add_working_days(start, count, calendar)
    later = WorkCalendar(
        calendar.holidays | {calendar.published_until + timedelta(days=1)},
        calendar.makeup_workdays - {calendar.published_until + timedelta(days=1)},
        calendar.published_until + timedelta(days=400),
    )

    if not deadline.provisional:
        assert add_working_days(start, count, later).day == deadline.day


@given(days, days, days, calendars())
def test_counting_splits_at_any_day_between(one, two, three, calendar):
    start, middle, end = sorted((one, two, three))

    assert working_days_between(start, end, calendar) == working_days_between(
        start, middle, calendar
    ) + working_days_between(middle, end, calendar)


def test_nothing_lies_between_a_day_and_an_earlier_one():
    assert working_days_between(date(2026, 11, 27), date(2026, 11, 24), C2026) == 0


def test_a_day_ends_at_the_next_midnight_in_china():
    assert end_of_day(date(2026, 11, 24)) == datetime(2026, 11, 24, 16, tzinfo=UTC)
    assert Deadline(date(2026, 12, 31)).ends_at.isoformat() == "2027-01-01T00:00:00+08:00"


@given(days)
def test_the_last_microsecond_belongs_to_the_day_and_the_end_does_not(day):
    end = end_of_day(day)

    assert day_of(end - timedelta(microseconds=1)) == day
    assert day_of(end) == day + timedelta(days=1)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 24, 15, 59, 59, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 16, tzinfo=UTC), date(2026, 11, 25)),
    ],
)
def test_day_of_is_the_day_in_china_whatever_the_zone(moment, day):
    assert day_of(moment) == day


def test_day_of_refuses_a_moment_without_a_zone():
    with pytest.raises(NaiveMoment):
        day_of(datetime(2026, 11, 24, tzinfo=UTC).replace(tzinfo=None))


def test_a_day_starts_when_the_one_before_it_has_ended() -> None:
    day = date(2026, 11, 24)

    assert start_of_day(day) == end_of_day(day - timedelta(days=1))
    assert day_of(start_of_day(day)) == day
