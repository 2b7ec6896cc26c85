"""
An explanation against the sweep of its deadline.

As in `test_locks`, each race has its negative control without locks.
"""

import pytest

from bidding.actions.explanations import explain_cost, lapse_explanation
from bidding.models import Explanation
from marketplace.kernel.verdicts import Refused
from tests.bidding.costing import GIVEN, TEXT, low_case
from tests.connections import race

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def refusal(error):
    return [verdict.guard for verdict in error.verdicts] if isinstance(error, Refused) else []


def test_a_sweep_behind_an_explanation_finds_it_given(is_locked):
    case = low_case()
    due = case.explanation.due_at

    found = race(
        lambda: explain_cost(explanation=case.explanation, text=TEXT, by=case.by, at=GIVEN),
        lambda: lapse_explanation(explanation=case.explanation, at=due),
    )

    assert found.waited is is_locked
    if is_locked:
        assert refusal(found.second.error) == ["explanation_is_asked"]
        assert Explanation.objects.get().status == Explanation.Status.GIVEN


def test_an_explanation_behind_the_sweep_is_refused(is_locked):
    case = low_case()
    due = case.explanation.due_at

    found = race(
        lambda: lapse_explanation(explanation=case.explanation, at=due),
        lambda: explain_cost(explanation=case.explanation, text=TEXT, by=case.by, at=GIVEN),
    )

    assert found.waited is is_locked
    if is_locked:
        assert "explanation_is_asked" in refusal(found.second.error)
        assert Explanation.objects.get().status == Explanation.Status.SILENT
