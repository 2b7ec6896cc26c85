"""Deadlines of an order on known days of 2026, and what holds for any day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidding import periods
from bidding.periods import PeriodTooShort
from bidding.rules.contracts import (
    CONTRACT_SIGN,
    LATE_TOLERANCE,
    RATING_AMEND,
    RATING_WINDOW,
    REMINDER,
)
from bidding.rules.methods import DIRECT_ACCEPT
from bidding.rules.openings import OPENING_GRACE, RESULT_PUBLICITY, SELECTION_REGISTER
from bidding.rules.orders import SIGNUP_MIN
from marketplace.kernel.calendar import CHINA, Deadline, working_days_between
from marketplace.kernel.declarations import Rules
from marketplace.kernel.durations import Duration
from tests.bidding.shipped import C2026, RULES


def working_days(count: int) -> Duration:
    return Duration(count, "working_day")


TUESDAY = datetime(2026, 11, 24, 14, 35, tzinfo=CHINA)
BEFORE_HOLIDAY = datetime(2026, 9, 29, 9, 0, tzinfo=CHINA)

moments = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2026, 12, 31),  # noqa: DTZ001 - Hypothesis adds the zone
    timezones=st.just(CHINA),
)

COUNTED = [
    (periods.earliest_tender_period_end, SIGNUP_MIN, date(2026, 10, 9)),
    (periods.direct_accept_due, DIRECT_ACCEPT, date(2026, 10, 8)),
    (periods.register_due, SELECTION_REGISTER, date(2026, 9, 30)),
    (periods.result_publicity_end, RESULT_PUBLICITY, date(2026, 10, 9)),
    (periods.sign_due, CONTRACT_SIGN, date(2026, 10, 19)),
    (periods.rating_due, RATING_WINDOW, date(2026, 10, 26)),
    (periods.amend_due, RATING_AMEND, date(2026, 10, 9)),
]


def changed(rule, days: int) -> Rules:
    return RULES.changed({rule.key: Duration(days, "working_day")})


@pytest.mark.parametrize(("due", "rule", "day"), COUNTED)
def test_a_period_counts_working_days_across_the_holiday(due, rule, day):
    assert due(BEFORE_HOLIDAY, RULES, C2026) == Deadline(day)


@pytest.mark.parametrize(("due", "rule", "day"), COUNTED)
@given(moment=moments, days=st.integers(1, 40))
def test_a_period_has_the_length_of_its_own_rule(due, rule, day, moment, days):
    deadline = due(moment, changed(rule, days), C2026)

    assert working_days_between(moment.date(), deadline.day, C2026) == days
    assert deadline.provisional is (deadline.day > date(2026, 12, 31))


def test_a_period_counts_from_the_day_in_china():
    late_evening_in_london = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)

    assert periods.amend_due(late_evening_in_london, RULES, C2026).day == date(2026, 11, 30)


def test_signups_are_open_until_midnight_of_the_third_working_day():
    deadline = periods.earliest_tender_period_end(TUESDAY, RULES, C2026)

    assert deadline.ends_at == datetime(2026, 11, 28, 0, 0, tzinfo=CHINA)


def test_a_longer_period_is_taken_and_a_shorter_one_refused():
    assert periods.tender_period_end(TUESDAY, 3, RULES, C2026) == Deadline(date(2026, 11, 27))
    assert periods.tender_period_end(TUESDAY, 5, RULES, C2026) == Deadline(date(2026, 12, 1))
    with pytest.raises(PeriodTooShort):
        periods.tender_period_end(TUESDAY, 2, RULES, C2026)


def test_offers_are_opened_a_grace_after_the_deadline():
    end = datetime(2026, 11, 28, 0, 0, tzinfo=CHINA)

    assert periods.opening_at(end, RULES) == datetime(2026, 11, 28, 0, 1, tzinfo=CHINA)
    assert periods.opening_at(end, RULES.changed({OPENING_GRACE.key: Duration(0, "second")})) == end


def test_service_is_counted_from_the_signature():
    assert periods.service_due(BEFORE_HOLIDAY, working_days(20), C2026) == Deadline(
        date(2026, 11, 2)
    )


@given(moments, st.integers(0, 40))
def test_lateness_begins_after_service_days_and_tolerance_together(moment, days):
    due = periods.service_due(moment, working_days(days), C2026)

    late = periods.late_service_from(due, RULES, C2026)

    assert late == periods.service_due(moment, working_days(days + 10), C2026)


def test_lateness_stays_provisional_even_without_tolerance():
    due = Deadline(date(2027, 1, 4), provisional=True)

    late = periods.late_service_from(due, changed(LATE_TOLERANCE, 0), C2026)

    assert late == due


def test_acceptance_counts_calendar_days():
    assert periods.acceptance_due(TUESDAY, RULES, C2026) == Deadline(date(2027, 5, 23))


def test_a_public_body_pays_within_thirty_days_of_the_delivery_and_sixty_at_the_latest():
    assert periods.payment_due(TUESDAY, RULES, C2026) == Deadline(date(2026, 12, 24))
    assert periods.payment_due_of_large(TUESDAY, RULES, C2026) == Deadline(date(2027, 1, 23))
    assert periods.payment_latest(TUESDAY, RULES, C2026) == Deadline(date(2027, 1, 23))


@given(moments)
def test_every_deadline_lies_after_its_start(moment):
    ends = [due(moment, RULES, C2026).ends_at for due, _rule, _day in COUNTED]

    assert all(end >= moment + timedelta(days=1) for end in ends)


def test_a_reminder_comes_whole_working_days_before_the_end():
    end = datetime(2026, 11, 28, 0, 0, tzinfo=CHINA)

    assert periods.reminder_at(TUESDAY, end, RULES, C2026) == datetime(
        2026, 11, 26, 0, 0, tzinfo=CHINA
    )
    over_the_weekend = datetime(2026, 12, 1, 0, 0, tzinfo=CHINA)
    assert periods.reminder_at(TUESDAY, over_the_weekend, RULES, C2026) == datetime(
        2026, 11, 27, 0, 0, tzinfo=CHINA
    )


def test_there_is_no_reminder_before_the_period_has_begun():
    end = datetime(2026, 11, 26, 0, 0, tzinfo=CHINA)

    assert periods.reminder_at(TUESDAY, end, RULES, C2026) is None
    assert periods.reminder_at(end, end, changed(REMINDER, 0), C2026) is None


@given(moments, st.integers(3, 40))
def test_a_reminder_leaves_the_working_days_it_promises(moment, days):
    end = periods.sign_due(moment, changed(CONTRACT_SIGN, days), C2026).ends_at

    reminder = periods.reminder_at(moment, end, RULES, C2026)

    assert reminder is not None
    last = (end - timedelta(days=1)).date()
    assert working_days_between(reminder.date() - timedelta(days=1), last, C2026) == 2


def test_k1_01_forty_eight_hours_are_executed_as_hours():
    """K1-01: what the page says and what is executed are one value."""
    rules_by_the_hour = RULES.changed({SIGNUP_MIN.key: Duration(48, "hour")})
    published = datetime(2026, 11, 28, 9, 30, tzinfo=CHINA)

    end = periods.earliest_tender_period_end(published, rules_by_the_hour, C2026)

    assert end.ends_at == datetime(2026, 11, 30, 9, 30, tzinfo=CHINA)
    with pytest.raises(PeriodTooShort):
        periods.tender_period_end(
            datetime(2026, 11, 24, 9, tzinfo=CHINA), 1, rules_by_the_hour, C2026
        )
    assert periods.tender_period_end(published, 1, rules_by_the_hour, C2026).day == date(
        2026, 11, 30
    )


@pytest.mark.parametrize(
    ("awarded_at", "day"),
    [
        (datetime(2026, 11, 28, 10, tzinfo=CHINA), date(2026, 12, 28)),
        (datetime(2026, 11, 29, 10, tzinfo=CHINA), date(2026, 12, 29)),
    ],
)
def test_k1_02_thirty_calendar_days_are_executed_as_calendar_days(awarded_at, day):
    """K1-02: the contract is due 30 days after the letter, not 30 working days."""
    monthly = RULES.changed({CONTRACT_SIGN.key: Duration(30, "calendar_day")})

    assert periods.sign_due(awarded_at, monthly, C2026) == Deadline(day)
