"""Schemes that others have published give the values that they gave."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from credit.schemes import Cycle, Subject
from credit.scoring import GradeBy, account, crossed, repeated
from tests.credit.vectors import INSTANT, day, event, scheme, vector

MEE = vector("mee_2019")
MWR = vector("mwr_2023")
ZHEJIANG = vector("zhejiang_2021")
WATER_SOIL = vector("water_soil_2020")


def test_k5_01_a_score_is_whole_again_when_the_cycle_of_twelve_months_is_over():
    hundred = replace(scheme(), cycle=Cycle.FROM_FIRST)
    breach = event(1, "breach", -5, "2025-02-01")

    assert account([breach], hundred, day("2026-02-01") - INSTANT).score == 95
    assert account([breach], hundred, day("2026-02-01")).score == 100
    assert account([breach], hundred, day("2035-02-01")).score == 100
    five = event(1, "five", 5, "2025-02-01")
    assert account([five], MEE, day("2026-02-01") - INSTANT).score == 5
    assert account([five], MEE, day("2026-02-01")).score == 0


def test_k5_02_ten_points_warn_and_twenty_open_a_case_of_six_months():
    fives = [event(key, "five", 5, f"2025-0{key}-01") for key in range(2, 6)]
    shown = [account(fives[:count], MEE, day("2025-09-01")) for count in range(5)]

    found = [
        [(one.code, one.follows, one.months) for one in crossed(before, after, MEE)]
        for before, after in pairwise(shown)
    ]

    warning, case = ("attention", "warning", 0), ("deadline", "case", 6)
    assert found == [[], [warning], [], [case]]
    at_once = account([event(1, "grave_quality", 20, "2025-02-01")], MEE, day("2025-02-01"))
    assert [one.code for one in crossed(shown[0], at_once, MEE)] == ["attention", "deadline"]
    assert {kind.public_months for kind in MEE.kinds} == {60}


def test_k5_03_persons_are_subjects_beside_organisations():
    both = (Subject.ORGANIZATION, Subject.PERSON)

    assert MEE.subjects == ZHEJIANG.subjects == both
    assert ZHEJIANG.by_code["leaked_secret"].subjects == both
    assert MWR.subjects == (Subject.ORGANIZATION,)


def test_k5_04_a_kind_of_conduct_is_data():
    kind = MEE.by_code["grave_quality"]

    assert (kind.name, kind.points) == ("报告存在严重质量问题", Decimal(20))


def year_of(score_by_year):
    """Return a breach in each year that brings its score down to what is given."""
    return [
        event(year, "breach", score - 100, f"{year}-05-01") for year, score in score_by_year.items()
    ]


@pytest.mark.parametrize(
    ("years", "grade"),
    [
        ({2024: 70, 2025: 70}, "B"),
        ({2024: 85, 2025: 70}, "A"),
        ({2024: 70, 2025: 85}, "A"),
        ({2023: 50}, "B"),
        ({2025: 50}, "B"),
        ({2022: 50}, "A"),
        ({2024: 70, 2025: 70, 2026: 85}, "B"),
        ({2024: 70, 2025: 70, 2026: 70}, "C"),
    ],
)
def test_mwr_2023_no_a_after_two_years_of_c_or_any_d_of_three(years, grade):
    assert account(year_of(years), MWR, day("2026-06-01")).grade == grade


def test_a_bar_says_that_it_is_one_and_looks_at_each_year_by_its_own_scheme():
    events, now = year_of({2025: 50}), day("2026-06-01")
    milder = replace(MWR, base=Decimal(200))

    assert account(events, MWR, now).grade_by is GradeBy.BAR
    found = account(events, MWR, now, earlier=lambda moment: milder if moment < now else MWR)
    assert (found.grade, found.grade_by) == ("A", GradeBy.SCORE)


def test_zhejiang_2021_two_failed_checks_within_five_years_are_e_directly():
    checks = [
        event(1, "failed_check", -10, "2021-03-01"),
        event(2, "failed_check", -10, "2026-02-28"),
    ]

    [kind] = repeated(checks, ZHEJIANG, day("2026-02-28"))
    second = event(3, kind.code, kind.points, "2026-02-28")
    found = account([*checks, second], ZHEJIANG, day("2026-02-28"))

    assert account(checks, ZHEJIANG, day("2026-02-28")).grade == "C"
    assert (found.score, found.grade, found.grade_by) == (80, "E", GradeBy.DIRECT)
    assert repeated(checks, ZHEJIANG, day("2026-03-02")) == []


def test_water_soil_2020_two_refused_plans_are_watched_and_two_more_blacklisted():
    plans = [event(key, "refused_plan", "0.5", f"2021-0{key}-01") for key in (1, 2, 3, 4)]
    watched = event(9, "watched", 0, "2021-02-01")

    def due(*events, on):
        return [(kind.code, kind.needs_decision) for kind in repeated(events, WATER_SOIL, day(on))]

    assert due(*plans[:2], on="2021-02-01") == [("watched", False)]
    assert due(*plans[:3], watched, on="2021-03-01") == []
    assert due(*plans, watched, on="2021-04-01") == [("watched", False), ("blacklist", True)]
