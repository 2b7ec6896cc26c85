"""What was reached against the baseline of the rulebook, better or worse."""

import pytest

from bidding.actions.reckoning import reckon
from bidding.pages.figures.goals import goals_of
from bidding.pages.figures.page import asked_at
from bidding.pages.figures.scope import Scope
from marketplace.kernel.calendar import day_of
from tests.clock import NOON
from tests.factories.bidding import AwardFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_each_goal_says_how_far_it_is_from_its_baseline() -> None:
    AwardFactory(active=True, amount=95000)
    reckon(at=NOON)
    asked = asked_at(Scope("2026"), day_of(NOON))
    assert asked is not None

    goals = goals_of(asked)

    assert [(one.label, one.value, one.baseline, one.verdict, one.tone) for one in goals] == [
        ("减时", "8.0", "15.0 个工作日", "比基期好 7.0 个工作日", "ok"),
        ("降费", "5.0", "10.0%", "比基期差 5.0 个百分点", "warn"),
        ("提质", "—", "90.0%", "还没有可以比较的", ""),
    ]
