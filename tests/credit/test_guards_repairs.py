"""A repair is asked for after the least period, and decided once."""

from datetime import timedelta

import pytest

from credit.guards.repairs import case_can_be_repaired, least_period_has_passed, repair_is_pending
from credit.models import Case, Repair
from tests.clock import NOON


@pytest.mark.parametrize(
    ("moved", "holds"), [(-timedelta(microseconds=1), False), (timedelta(), True)]
)
def test_the_least_period_ends_with_its_instant(moved, holds):
    assert least_period_has_passed(NOON, NOON + moved).holds == holds


@pytest.mark.parametrize("status", [*Case.Status])
def test_only_a_decision_in_effect_is_repaired(status):
    assert case_can_be_repaired(Case(status=status)).holds == (status == "decided")


@pytest.mark.parametrize("status", [*Repair.Status])
def test_what_was_decided_is_not_decided_again(status):
    assert repair_is_pending(Repair(status=status)).holds == (status == "filed")
