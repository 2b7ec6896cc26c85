"""Deadlines of an order on known days of 2026, and what holds for any day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidding import periods
from bidding.periods import PaymentTermTooLong, PeriodTooShort
from marketplace.kernel.calendar import CHINA, Deadline, working_days_between
from tests.bidding.shipped import C2026, RULES

TUESDAY = datetime(2026, 11, 24, 14, 35, tzinfo=CHINA)
BEFORE_HOLIDAY = datetime(2026, 9, 29, 9, 0, tzinfo=CHINA)

moments = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001
    max_value=datetime(2026, 12, 31),  # noqa: DTZ001
    timezones=st.just(CHINA),
)

COUNTED = [
    (periods.earliest_tender_period_end, "signup_min_days", date(2026, 10, 9)),
    (periods.direct_accept_due, "direct_accept_days", date(2026, 10, 8)),
    (periods.register_due, "selection_register_days", date(2026, 9, 30)),
    (periods.result_publicity_end, "result_publicity_days", date(2026, 10, 9)),
    (periods.complaint_due, "complaint_file_days", date(2026, 10, 12)),
    (periods.complaint_answer_due, "complaint_answer_days", date(2026, 10, 19)),
    (periods.sign_due, "contract_sign_days", date(2026, 10, 19)),
    (periods.rating_due, "rating_window_days", date(2026, 10, 26)),
    (periods.amend_due, "rating_amend_days", date(2026, 10, 9)),
]


@pytest.mark.parametrize(("due", "rule", "day"), COUNTED)
def test_a_period_counts_working_days_across_the_holiday(due, rule, day):
    assert due(BEFORE_HOLIDAY, RULES, C2026) == Deadline(day)


@pytest.mark.parametrize(("due", "rule", "day"), COUNTED)
@given(moment=moments, days=st.integers(1, 40))
def test_a_period_has_the_length_of_its_own_rule(due, rule, day, moment, days):
    deadline = due(moment, replace(RULES, **{rule: days}), C2026)

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
    assert periods.opening_at(end, replace(RULES, opening_grace_seconds=0)) == end


def test_service_is_counted_from_the_signature():
    assert periods.service_due(BEFORE_HOLIDAY, 20, C2026) == Deadline(date(2026, 11, 2))


@given(moments, st.integers(0, 40))
def test_lateness_begins_after_service_days_and_tolerance_together(moment, service_days):
    due = periods.service_due(moment, service_days, C2026)

    late = periods.late_service_from(due, RULES, C2026)

    assert late == periods.service_due(moment, service_days + 10, C2026)


def test_lateness_stays_provisional_even_without_tolerance():
    due = Deadline(date(2027, 1, 4), provisional=True)

    late = periods.late_service_from(due, replace(RULES, late_tolerance_days=0), C2026)

    assert late == due


def test_acceptance_counts_calendar_days():
    assert periods.acceptance_due(TUESDAY, RULES) == Deadline(date(2027, 5, 23))


@pytest.mark.parametrize(
    ("agreed", "day"),
    [
        (None, date(2026, 12, 24)),
        (15, date(2026, 12, 9)),
        (60, date(2027, 1, 23)),
    ],
)
def test_payment_counts_calendar_days(agreed, day):
    assert periods.payment_due(TUESDAY, RULES, agreed) == Deadline(day)


def test_a_contract_cannot_agree_on_a_longer_term_for_payment():
    with pytest.raises(PaymentTermTooLong):
        periods.payment_due(TUESDAY, RULES, 61)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2026, 11, 24, tzinfo=CHINA), date(2041, 11, 24)),
        (datetime(2028, 2, 29, tzinfo=CHINA), date(2043, 3, 1)),
    ],
)
def test_the_archive_is_kept_for_full_years(start, end):
    assert periods.archive_end(start, RULES) == Deadline(end)


def test_a_leap_day_stays_one_when_the_year_has_it():
    rules = replace(RULES, archive_years=16)

    assert periods.archive_end(datetime(2028, 2, 29, tzinfo=CHINA), rules).day == date(2044, 2, 29)


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
    assert periods.reminder_at(end, end, replace(RULES, reminder_days=0), C2026) is None


@given(moments, st.integers(3, 40))
def test_a_reminder_leaves_the_working_days_it_promises(moment, days):
    end = periods.sign_due(moment, replace(RULES, contract_sign_days=days), C2026).ends_at

    reminder = periods.reminder_at(moment, end, RULES, C2026)

    assert reminder is not None
    last = (end - timedelta(days=1)).date()
    assert working_days_between(reminder.date() - timedelta(days=1), last, C2026) == 2
