"""Scores at any moment, and the grades they reach."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit.scoring import AmbiguousGrades, Event, NoGrade, grade, score

BASE = Decimal(100)
MOMENT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
GRADES = {"A": Decimal(100), "B": Decimal(85), "C": Decimal(60), "D": Decimal(0)}

LATE = Event("late_service", Decimal(-5), MOMENT)
GOOD = Event("on_time", Decimal("1.5"), MOMENT + timedelta(days=1))

points = st.integers(-6000, 3000).map(lambda hundredths: Decimal(hundredths).scaleb(-2))
moments = st.integers(-50, 50).map(lambda hours: MOMENT + timedelta(hours=hours))
events = st.builds(Event, st.just("kind"), points, moments, st.booleans())
histories = st.lists(events, max_size=12)


def test_without_events_the_score_is_the_base():
    assert score(BASE, [], MOMENT) == BASE


def test_points_are_added_from_their_moment_on():
    assert score(BASE, [LATE, GOOD], MOMENT - INSTANT) == 100
    assert score(BASE, [LATE, GOOD], MOMENT) == 95
    assert score(BASE, [LATE, GOOD], MOMENT + timedelta(days=2)) == Decimal("96.5")


def test_a_corrected_event_counts_for_nothing_and_its_correction_in_its_place():
    wrong = replace(LATE, is_corrected=True)
    right = replace(LATE, points=Decimal(-2))

    assert score(BASE, [wrong], MOMENT) == 100
    assert score(BASE, [wrong, right], MOMENT) == 98


def test_the_score_is_never_below_zero():
    grave = Event("collusion", Decimal(-40), MOMENT)

    assert score(BASE, [grave] * 3, MOMENT) == 0
    assert score(BASE, [grave] * 2, MOMENT) == 20


def test_good_conduct_after_the_floor_is_reckoned_from_the_true_sum():
    grave = Event("collusion", Decimal(-150), MOMENT)
    good = Event("public_interest", Decimal(60), MOMENT)

    assert score(BASE, [grave, good], MOMENT) == 10
    assert score(BASE, [good, grave], MOMENT) == 10


@given(st.data(), histories, moments)
def test_the_order_of_events_does_not_matter(data, history, at):
    shuffled = data.draw(st.permutations(history))

    assert score(BASE, shuffled, at) == score(BASE, history, at)


@given(histories, histories, moments)
def test_what_happens_later_changes_no_earlier_score(history, more, at):
    later = [event for event in more if event.occurred_at > at]

    assert score(BASE, history + later, at) == score(BASE, history, at)


@given(histories, events, moments)
def test_a_breach_never_raises_and_a_merit_never_lowers_the_score(history, event, at):
    before, after = score(BASE, history, at), score(BASE, [*history, event], at)

    assert after <= before if event.points <= 0 else after >= before


@given(histories, moments)
def test_the_score_is_the_sum_or_zero(history, at):
    total = BASE
    for event in history:
        if event.occurred_at <= at and not event.is_corrected:
            total += event.points

    assert score(BASE, history, at) == max(total, 0)


@pytest.mark.parametrize(
    ("reached", "letter"),
    [
        ("103", "A"),
        ("100", "A"),
        ("99.99", "B"),
        ("85", "B"),
        ("84.99", "C"),
        ("60", "C"),
        ("59.99", "D"),
        ("0", "D"),
    ],
)
def test_a_grade_begins_at_its_threshold(reached, letter):
    assert grade(Decimal(reached), GRADES) == letter
    assert grade(Decimal(reached), dict(reversed(GRADES.items()))) == letter


@given(points.map(abs), points.map(abs))
def test_a_higher_score_never_has_a_lower_grade(one, other):
    low, high = sorted((one, other))

    assert GRADES[grade(low, GRADES)] <= GRADES[grade(high, GRADES)]


def test_a_score_below_every_threshold_has_no_grade():
    with pytest.raises(NoGrade):
        grade(Decimal("-0.01"), GRADES)
    with pytest.raises(NoGrade):
        grade(Decimal(5), {})


def test_two_grades_cannot_begin_at_one_score():
    with pytest.raises(AmbiguousGrades):
        grade(Decimal(90), {"A": Decimal(85), "B": Decimal(85)})
