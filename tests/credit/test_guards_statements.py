"""Until when the party states its case."""

from datetime import timedelta

import pytest

from credit.guards.decisions import statement_period_is_over
from credit.guards.statements import case_awaits_a_statement, may_state_case, statement_is_in_time
from tests.bidding.refusals import failing
from tests.clock import NOON
from tests.factories.credit import GRACE, CaseFactory

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(("moved", "in_time"), [(-INSTANT, True), (timedelta(), False)])
def test_a_statement_is_in_time_until_its_deadline_and_a_decision_after_the_grace(
    rules, moved, in_time
):
    case = CaseFactory()
    at = case.statement_due_at + moved

    assert statement_is_in_time(case, at).holds == in_time
    assert not statement_period_is_over(case, at).holds
    assert statement_period_is_over(case, at + GRACE).holds != in_time


@pytest.mark.parametrize("state", ["stated", "decided", "dismissed", "revoked", "ended"])
def test_an_agency_is_heard_once(state):
    case = CaseFactory(**{state: True})

    assert not case_awaits_a_statement(case).holds
    assert failing(*may_state_case(case, NOON)) == ["case_awaits_a_statement"]
