"""Points and grades of any record at any moment, under any scheme."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit.schemes import Cycle, Follows, Repeat, Threshold
from credit.scoring import GradeBy, Why, account, crossed, repeated, steps
from tests.credit.vectors import INSTANT, day, event, kind, scheme

LATE = kind("late", -5)
GOOD = kind("good", "1.5", severity="merit", limit=Decimal(3))
GRAVE = kind("grave", -40, grade="D")
PLAIN = scheme(LATE, GOOD, GRAVE)
AT = "2026-06-01"
HOUR = timedelta(hours=1)


def at(found):
    """Return points and reasons of the lines of an account."""
    return [(line.points, line.why) for line in found.lines]


def score(events, on=AT, by=PLAIN, **more):
    return account(events, by, day(on), **more).score


def test_without_events_the_score_is_the_base():
    found = account([], PLAIN, day(AT))

    assert (found.score, found.grade, found.grade_by, found.lines) == (100, "A", GradeBy.SCORE, ())


def test_an_event_counts_from_its_instant_on():
    late = event(1, "late", -5, AT)

    assert account([late], PLAIN, day(AT) - INSTANT).score == 100
    assert account([late], PLAIN, day(AT)).score == 95


def test_an_event_counts_until_its_end_and_the_account_says_so():
    late = event(1, "late", -5, "2026-01-01", counts_until=day(AT))

    before, after = account([late], PLAIN, day(AT) - INSTANT), account([late], PLAIN, day(AT))

    assert (before.score, after.score) == (95, 100)
    assert [(line.points, line.why, line.ends_at) for line in after.lines] == [
        (0, Why.OVER, day(AT))
    ]
    assert before.lines[0].ends_at == day(AT)


def test_what_was_recorded_later_is_not_what_was_shown_then():
    late = event(1, "late", -5, "2026-01-01", recorded_at=day("2026-03-01"))

    assert score([late], "2026-02-01") == 100
    assert score([late], "2026-02-01", known_at=day("2026-03-01")) == 95
    assert score([late], "2026-03-01") == 95


def test_a_correction_takes_the_place_of_what_it_names_from_its_recording_on():
    wrong = event(1, "late", -5, "2026-01-01")
    right = event(2, "late", -2, "2026-01-01", recorded_at=day(AT), corrects=1)

    assert account([wrong, right], PLAIN, day(AT) - INSTANT).score == 95
    assert account([wrong, right], PLAIN, day(AT)).score == 98
    assert at(account([wrong, right], PLAIN, day(AT))) == [(0, Why.CORRECTED), (-2, Why.COUNTS)]


def test_a_correction_to_nothing_lets_the_fact_fall():
    wrong = event(1, "grave", -40, "2026-01-01")
    fallen = event(2, "grave", 0, "2026-01-01", recorded_at=day(AT), corrects=1)

    found = account([wrong, fallen], PLAIN, day(AT))

    assert (found.score, found.grade) == (100, "A")
    assert at(found) == [(0, Why.CORRECTED), (0, Why.VOID)]


def test_the_score_is_never_below_zero_but_reckoned_from_the_true_sum():
    grave = [event(key, "late", -70, "2026-01-01") for key in (1, 2)]
    good = event(3, "other", 60, "2026-01-02")

    assert score(grave) == 0
    assert score([*grave, good]) == 20


def test_a_limit_is_used_up_by_what_happened_first():
    good = [event(key, "good", "1.5", f"2026-01-0{key}") for key in (1, 2, 3)]

    found = account(good, PLAIN, day(AT))

    assert found.score == 103
    assert at(found) == [(Decimal("1.5"), Why.COUNTS)] * 2 + [(0, Why.LIMITED)]


def test_a_direct_grade_holds_as_long_as_its_fact_counts():
    grave = event(1, "grave", -1, "2026-01-01", counts_until=day(AT))

    then, now = account([grave], PLAIN, day(AT) - INSTANT), account([grave], PLAIN, day(AT))

    assert (then.score, then.grade, then.grade_by) == (99, "D", GradeBy.DIRECT)
    assert (now.score, now.grade, now.grade_by) == (100, "A", GradeBy.SCORE)


def test_a_new_year_begins_a_new_score():
    yearly = replace(PLAIN, cycle=Cycle.CALENDAR_YEAR)
    late = event(1, "late", -5, "2025-12-31")

    found = account([late], yearly, day("2026-01-01"))

    assert (found.score, found.cycle_from) == (100, day("2026-01-01"))
    assert at(found) == [(0, Why.OTHER_CYCLE)]
    assert account([late], yearly, day("2026-01-01") - INSTANT).lines[0].ends_at == day(
        "2026-01-01"
    )


def test_a_fallen_fact_begins_no_cycle():
    anchored = replace(PLAIN, cycle=Cycle.FROM_FIRST)
    wrong = event(1, "late", -5, "2025-01-15")
    fallen = event(2, "late", 0, "2025-01-15", recorded_at=day("2025-02-01"), corrects=1)
    late = event(3, "late", -5, "2025-06-15")

    assert account([wrong, late], anchored, day(AT)).cycle_from == day("2026-01-15")
    assert account([wrong, fallen, late], anchored, day(AT)).cycle_from == day("2025-06-15")


# --- What follows ---------------------------------------------------------------------------------
WARN = Threshold(code="warn", points=Decimal(85), follows=Follows.WARNING, basis="平台默认")
CASE = Threshold(code="case", points=Decimal(60), follows=Follows.CASE, basis="平台默认")


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        (100, 86, []),
        (100, 85, ["warn"]),
        (85, 80, []),
        (80, 60, ["case"]),
        (100, 0, ["warn", "case"]),
        (60, 85, []),
    ],
)
def test_a_threshold_is_crossed_by_what_reaches_it_first(before, after, codes):
    watched = replace(PLAIN, thresholds=(CASE, WARN))
    accounts = [replace(account([], PLAIN, day(AT)), score=Decimal(it)) for it in (before, after)]

    assert [threshold.code for threshold in crossed(*accounts, watched)] == codes


THREE = kind("three", -30, repeat=Repeat(of=("late",), times=3, months=12))
WATCHFUL = scheme(LATE, THREE)


def fired(*events, on=AT):
    return [kind.code for kind in repeated(events, WATCHFUL, day(on))]


def test_the_third_in_a_year_fires_until_its_day_is_over():
    three = [event(1, "late", -5, on) for on in ("2025-06-01", "2026-01-01", "2026-05-31")]
    three = [replace(one, key=key) for key, one in enumerate(three)]

    assert fired(*three[:2], on="2026-05-31") == []
    assert fired(*three, on="2026-05-31") == ["three"]
    assert fired(*three, on="2026-06-01") == ["three"]
    assert fired(*three, on="2026-06-02") == []


def test_what_was_counted_once_and_what_has_fallen_is_not_counted():
    four = [event(key, "late", -5, f"2026-01-0{key}") for key in (1, 2, 3, 4)]
    counted = event(5, "three", -30, "2026-01-03")
    fallen = event(6, "late", 0, "2026-01-03", corrects=3)

    assert fired(*four[:3], counted) == []
    assert fired(*four, counted) == []
    assert fired(*four[:3], fallen) == []
    assert fired(*four, fallen) == ["three"]


# --- What holds for any record --------------------------------------------------------------------
points = st.integers(-80, 10).map(lambda halves: Decimal(halves) / 2)
moments = st.integers(-900, 900).map(lambda days: day(AT) + timedelta(days=days))
schemes = st.sampled_from([replace(PLAIN, cycle=cycle) for cycle in Cycle])


@st.composite
def histories(draw):
    """Return entries, some of which correct an earlier one; none is corrected twice."""
    found = []
    for key in range(draw(st.integers(0, 8))):
        moment = draw(moments)
        free = {one.key for one in found} - {one.corrects for one in found}
        corrects = draw(st.sampled_from([None, *sorted(free)]))
        delay = draw(st.integers(0, 900)) * timedelta(days=1)
        ends = draw(st.sampled_from([None, 90, 365]))
        found.append(
            event(
                key,
                draw(st.sampled_from(["late", "good", "grave", "gone"])),
                draw(points),
                moment,
                recorded_at=moment + delay,
                corrects=corrects,
                counts_until=ends and moment + ends * timedelta(days=1),
            )
        )
    return found


@given(st.data(), schemes, histories(), moments)
def test_the_order_of_arrival_does_not_matter(data, by, history, moment):
    shuffled = data.draw(st.permutations(history))

    assert account(shuffled, by, moment) == account(history, by, moment)


@given(schemes, histories(), histories(), moments)
def test_what_happens_or_is_told_later_changes_no_earlier_moment(by, history, more, moment):
    later = [
        replace(one, key=one.key + 100, corrects=None)
        for one in more
        if one.occurred_at > moment or one.recorded_at > moment
    ]

    assert account([*history, *later], by, moment) == account(history, by, moment)


@given(schemes, histories(), moments)
def test_replaying_what_was_known_gives_what_was_shown(by, history, moment):
    """Increment equals replay: nothing but the entries known then is needed."""
    known = [one for one in history if one.occurred_at <= moment and one.recorded_at <= moment]
    shown = account([], by, moment)
    for count in range(len(known) + 1):
        shown = account(known[:count], by, moment)

    assert shown == account(history, by, moment)


@given(schemes, histories(), moments)
def test_the_lines_add_up_to_the_score(by, history, moment):
    found = account(history, by, moment)
    total = sum((line.points for line in found.lines), start=found.base)

    assert found.score == max(total, 0)
    assert all(
        line.points == 0 for line in found.lines if line.why not in {Why.COUNTS, Why.LIMITED}
    )


@given(schemes, histories(), moments)
def test_the_step_that_holds_at_a_moment_is_what_was_shown_then(by, history, moment):
    found = steps(history, lambda _at: by, day(AT) - timedelta(days=901), moment)
    shown = account(history, by, moment)

    assert (found[-1].score, found[-1].grade) == (shown.score, shown.grade)
    assert [step.at for step in found] == sorted({step.at for step in found})
