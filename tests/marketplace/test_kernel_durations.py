"""A duration adds itself to a moment as its unit says."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.calendar import CHINA, WorkCalendar
from marketplace.kernel.durations import Duration, NotComparable

CALENDAR = WorkCalendar(frozenset({date(2027, 1, 1)}), frozenset(), date(2027, 12, 31))
SATURDAY = datetime(2026, 11, 28, 9, 30, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("count", "unit", "ends_at"),
    [
        (90, "second", datetime(2026, 11, 28, 9, 31, 30, tzinfo=CHINA)),
        (48, "hour", datetime(2026, 11, 30, 9, 30, tzinfo=CHINA)),
        (3, "working_day", datetime(2026, 12, 3, tzinfo=CHINA)),
        (30, "calendar_day", datetime(2026, 12, 29, tzinfo=CHINA)),
        (3, "month", datetime(2027, 3, 1, tzinfo=CHINA)),
        (1, "year", datetime(2027, 11, 29, tzinfo=CHINA)),
        (0, "calendar_day", datetime(2026, 11, 29, tzinfo=CHINA)),
    ],
)
def test_a_duration_means_what_it_says(count, unit, ends_at):
    assert Duration(count, unit).after(SATURDAY, CALENDAR).ends_at == ends_at


def test_a_month_without_the_day_ends_on_its_last():
    begin = datetime(2027, 1, 31, 12, tzinfo=CHINA)

    assert Duration(1, "month").after(begin, CALENDAR).day == date(2027, 2, 28)
    assert Duration(1, "year").after(datetime(2028, 2, 29, tzinfo=CHINA), CALENDAR).day == date(
        2029, 2, 28
    )


def test_working_days_of_an_unpublished_year_are_provisional():
    short = WorkCalendar(frozenset(), frozenset(), date(2026, 12, 1))

    assert Duration(3, "working_day").after(SATURDAY, short).provisional
    assert not Duration(30, "calendar_day").after(SATURDAY, short).provisional


@pytest.mark.parametrize(
    ("count", "unit", "moment"),
    [
        (2, "working_day", datetime(2026, 11, 27, tzinfo=CHINA)),
        (2, "calendar_day", datetime(2026, 11, 29, tzinfo=CHINA)),
        (1, "month", datetime(2026, 11, 1, tzinfo=CHINA)),
        (36, "hour", datetime(2026, 11, 29, 12, tzinfo=CHINA)),
        (0, "working_day", datetime(2026, 12, 1, tzinfo=CHINA)),
    ],
)
def test_a_reminder_lies_as_long_before_a_deadline(count, unit, moment):
    deadline = datetime(2026, 12, 1, tzinfo=CHINA)

    assert Duration(count, unit).before(deadline, CALENDAR) == moment


@pytest.mark.parametrize(
    ("one", "other", "is_longer"),
    [
        (Duration(4, "working_day"), Duration(3, "working_day"), True),
        (Duration(3, "working_day"), Duration(3, "working_day"), False),
        (Duration(49, "hour"), Duration(48 * 60, "minute"), True),
        (Duration(1, "year"), Duration(12, "month"), False),
        (Duration(13, "month"), Duration(1, "year"), True),
    ],
)
def test_durations_with_a_common_measure_are_compared(one, other, is_longer):
    assert one.is_longer_than(other) is is_longer


def test_durations_without_a_common_measure_are_not():
    with pytest.raises(NotComparable):
        Duration(72, "hour").is_longer_than(Duration(3, "working_day"))


@pytest.mark.parametrize(("count", "unit"), [(-1, "hour"), (1, "fortnight")])
def test_no_other_duration_exists(count, unit):
    with pytest.raises(ValueError, match="Duration"):
        Duration(count, unit)


@given(
    st.sampled_from(["hour", "working_day", "calendar_day", "month"]),
    st.integers(0, 60),
    st.timedeltas(timedelta(), timedelta(days=300)),
)
def test_a_longer_duration_never_ends_earlier(unit, count, passed):
    begin = datetime(2026, 1, 1, tzinfo=CHINA) + passed

    one, more = (Duration(n, unit).after(begin, CALENDAR) for n in (count, count + 1))

    assert begin <= one.ends_at <= more.ends_at
