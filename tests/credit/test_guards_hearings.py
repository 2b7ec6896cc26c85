"""A hearing is announced seven days ahead, begins when it was said to, and is led by another."""

from datetime import timedelta

import pytest

from credit.guards.hearings import (
    hearing_has_begun,
    hearing_is_announced,
    hearing_is_announced_in_time,
    leader_did_not_investigate,
    minutes_are_given,
)
from credit.models import Case, Hearing
from marketplace.models import User
from tests.clock import NOON

INSTANT = timedelta(microseconds=1)
SEVEN_DAYS = timedelta(days=7)


@pytest.mark.parametrize(("ahead", "holds"), [(SEVEN_DAYS, True), (SEVEN_DAYS - INSTANT, False)])
def test_time_and_place_are_told_seven_days_ahead(ahead, holds):
    verdict = hearing_is_announced_in_time(NOON + ahead, NOON)

    assert verdict.holds == holds
    assert str(verdict.source) == "《行政处罚法》第六十四条第（二）项"


@pytest.mark.parametrize(
    ("begins", "holds"), [(NOON, True), (NOON + INSTANT, False), (None, False)]
)
def test_a_hearing_has_begun_from_its_moment_on(begins, holds):
    assert hearing_has_begun(Hearing(takes_place_at=begins), NOON).holds == holds


def test_a_hearing_that_nobody_was_told_of_is_not_held():
    assert hearing_is_announced(Hearing(announced_at=NOON)).holds
    assert not hearing_is_announced(Hearing()).holds


def test_who_investigated_does_not_lead_the_hearing():
    case = Case(opened_by=User(pk=1))

    assert not leader_did_not_investigate(case, User(pk=1)).holds
    assert leader_did_not_investigate(case, User(pk=2)).holds


def test_minutes_are_words():
    assert minutes_are_given("双方到场").holds
    assert not minutes_are_given(" \n").holds
