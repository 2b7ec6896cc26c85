"""When cycles begin, facts end and grades are reached."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from credit.periods import months_later
from credit.schemes import Cycle, Grade, NoGrade, Worse, until
from tests.credit.vectors import INSTANT, day, scheme


def test_a_scheme_without_a_cycle_never_begins_anew():
    assert scheme().cycle_at(day("2020-01-01"), day("2035-02-01")) is None


def test_a_calendar_year_begins_at_midnight_in_beijing():
    yearly = scheme(cycle=Cycle.CALENDAR_YEAR)

    assert yearly.cycle_at(day("2020-05-05"), day("2026-01-01")) == day("2026-01-01")
    assert yearly.cycle_at(day("2020-05-05"), day("2026-01-01") - INSTANT) == day("2025-01-01")


@pytest.mark.parametrize(
    ("first", "at", "begins"),
    [
        ("2025-02-01", "2025-02-01", "2025-02-01"),
        ("2025-02-01", "2026-01-31", "2025-02-01"),
        ("2025-02-01", "2026-02-01", "2026-02-01"),
        ("2025-02-01", "2035-03-01", "2035-02-01"),
        ("2024-02-29", "2025-02-27", "2024-02-29"),
        ("2024-02-29", "2025-02-28", "2025-02-28"),
        ("2024-02-29", "2028-02-28", "2027-02-28"),
    ],
)
def test_a_cycle_from_the_first_entry_begins_on_its_day_of_every_year(first, at, begins):
    anchored = scheme(cycle=Cycle.FROM_FIRST)
    hours = timedelta(hours=11)

    assert anchored.cycle_at(day(first) + hours, day(at)) == day(begins)


def test_what_lasts_twelve_months_is_over_as_the_same_day_begins():
    assert until(day("2025-02-01") + timedelta(hours=9), 12) == day("2026-02-01")
    assert until(day("2025-02-01"), None) is None


@pytest.mark.parametrize(
    ("begins", "months", "ends"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-11-30", 3, "2026-02-28"),
    ],
)
def test_a_month_without_the_day_has_its_last_one(begins, months, ends):
    assert months_later(date.fromisoformat(begins), months) == date.fromisoformat(ends)


@pytest.mark.parametrize(
    ("score", "letter"),
    [
        ("103", "A"),
        ("100", "A"),
        ("99.5", "B"),
        ("85", "B"),
        ("60", "C"),
        ("59.5", "D"),
        ("0", "D"),
    ],
)
def test_a_grade_begins_at_its_score(score, letter):
    assert scheme().grade_of(Decimal(score)) == letter


def test_where_more_is_worse_grades_rise_with_the_score():
    grades = (Grade("A", Decimal(0)), Grade("B", Decimal(10)))
    demerits = scheme(worse=Worse.HIGHER, grades=grades)

    assert [demerits.grade_of(Decimal(score)) for score in ("0", "9.5", "10", "40")] == [*"AABB"]


def test_a_score_below_every_grade_has_none():
    with pytest.raises(NoGrade):
        scheme().grade_of(Decimal("-0.5"))
    assert scheme(grades=()).grade_of(Decimal(5)) == ""
