"""When a case is due, and until when a restriction runs."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit.periods import decision_due, restriction_end, statement_due
from credit.rules import DECISION, STATEMENT
from marketplace.kernel.calendar import CHINA, WorkCalendar, day_of
from marketplace.kernel.declarations import Rules
from marketplace.kernel.durations import Duration

RULES = Rules(
    {STATEMENT.key: Duration(5, "working_day"), DECISION.key: Duration(10, "working_day")}
)
INSTANT = timedelta(microseconds=1)
PLAIN = WorkCalendar(frozenset(), frozenset(), date(2099, 12, 31))
FRIDAY_EVENING = datetime(2026, 11, 20, 18, 30, tzinfo=CHINA)

FIRST = datetime(2025, 1, 1, tzinfo=CHINA)

moments = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=5000)).map(
    lambda passed: FIRST + passed
)
months = st.integers(1, 36)


def test_the_statement_has_five_working_days_after_the_day_of_the_notice():
    due = statement_due(FRIDAY_EVENING, RULES, PLAIN)

    assert due.ends_at == datetime(2026, 11, 28, tzinfo=CHINA)
    assert not due.provisional


def test_a_holiday_moves_the_deadline():
    closed = WorkCalendar(frozenset({date(2026, 11, 25)}), frozenset(), date(2026, 12, 31))

    assert statement_due(FRIDAY_EVENING, RULES, closed).day == date(2026, 11, 30)


def test_a_deadline_beyond_the_published_calendar_is_provisional():
    short = WorkCalendar(frozenset(), frozenset(), date(2026, 11, 26))

    assert statement_due(FRIDAY_EVENING, RULES, short).provisional


def test_the_decision_is_counted_from_the_last_day_of_a_statement_that_ran_out_at_midnight():
    ran_out = datetime(2026, 11, 24, tzinfo=CHINA)

    assert decision_due(ran_out, RULES, PLAIN) == decision_due(ran_out - INSTANT, RULES, PLAIN)
    assert decision_due(ran_out, RULES, PLAIN).day == date(2026, 12, 7)


def test_the_decision_is_counted_from_the_day_of_a_statement():
    assert decision_due(datetime(2026, 11, 24, 9, 0, tzinfo=CHINA), RULES, PLAIN).day == date(
        2026, 12, 8
    )


@pytest.mark.parametrize(
    ("begin", "count", "end"),
    [
        (datetime(2026, 11, 24, 15, 2, tzinfo=CHINA), 12, datetime(2027, 11, 25, tzinfo=CHINA)),
        (datetime(2026, 11, 30, 0, 0, tzinfo=CHINA), 3, datetime(2027, 3, 1, tzinfo=CHINA)),
        (datetime(2027, 11, 30, 9, 0, tzinfo=CHINA), 3, datetime(2028, 3, 1, tzinfo=CHINA)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=CHINA), 1, datetime(2027, 2, 1, tzinfo=CHINA)),
        (datetime(2026, 1, 31, 9, 0, tzinfo=CHINA), 1, datetime(2026, 3, 1, tzinfo=CHINA)),
    ],
)
def test_a_restriction_ends_with_the_same_day_of_a_later_month_or_the_month_s_last(
    begin, count, end
):
    assert restriction_end(begin, count) == end


def test_no_months_end_a_restriction_as_it_begins():
    assert restriction_end(FRIDAY_EVENING, 0) == FRIDAY_EVENING


@given(moments, months)
def test_a_restriction_never_ends_before_its_months_have_passed_nor_a_day_late(begin, count):
    end = restriction_end(begin, count)
    last_day = day_of(end - INSTANT)

    assert (last_day.year - begin.year) * 12 + last_day.month - begin.month == count
    assert last_day.day <= begin.day
    assert end > begin


@given(moments, months, months)
def test_more_months_never_end_earlier(begin, some, more):
    assert restriction_end(begin, some) <= restriction_end(begin, some + more)
