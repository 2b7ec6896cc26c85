"""When a cost may be explained and judged, and what is abnormally low."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bidding.guards import explanations as guards
from bidding.rulebook import rules_for
from marketplace.kernel.models import CalendarDay
from tests.bidding.costing import GIVEN, HIGH, LOW, NEXT, low_case
from tests.factories.bidding import OPENING, TenderFactory

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


def held(verdicts):
    return [verdict.guard for verdict in verdicts if not verdict.holds]


def test_both_shares_are_reached_by_what_equals_them():
    tender = TenderFactory(active=True)
    amounts = {"a": Decimal(70), "b": Decimal(100), "c": Decimal(100)}

    assert set(guards.abnormally_low(tender, amounts, OPENING)) == {"a"}
    nearer = {**amounts, "a": Decimal("70.01")}
    assert set(guards.abnormally_low(tender, nearer, OPENING)) == set()


def test_the_amounts_are_those_of_the_evidence():
    case = low_case()

    found = guards.valid_amounts(case.tender, case.tender.selection.content)

    assert sorted(found.values()) == [Decimal(LOW), Decimal(NEXT), Decimal(HIGH)]


def test_it_is_explained_until_the_deadline_and_judged_after_it():
    case = low_case()
    due = case.explanation.due_at

    assert held(guards.may_explain(case.explanation, due - INSTANT)) == []
    assert held(guards.may_explain(case.explanation, due)) == ["explanation_is_in_time"]
    assert held(guards.may_judge(case.explanation, GIVEN)) == [
        "explanation_is_given",
        "judgement_is_in_time",
    ]
    assert held(guards.may_lapse(case.explanation, due - INSTANT)) == ["explanation_is_overdue"]
    assert held(guards.may_lapse(case.explanation, due)) == []
    given = case.given()
    assert held(guards.may_judge(given, given.judge_due_at - INSTANT)) == []
    assert held(guards.may_judge(given, given.judge_due_at)) == ["judgement_is_in_time"]
    assert held(guards.may_let_hold(given, given.judge_due_at - INSTANT)) == [
        "judgement_is_overdue"
    ]
    assert held(guards.may_let_hold(given, given.judge_due_at)) == []
    assert held(guards.may_lapse(given, given.judge_due_at)) == ["explanation_is_asked"]


def test_what_is_settled_keeps_nothing_waiting():
    case = low_case()
    assert not guards.costs_are_settled(case.tender).holds
    case.given()

    case.judged(is_accepted=True)

    assert guards.costs_are_settled(case.tender).holds


def test_what_follows_counts_from_the_last_judgement_where_anything_was_asked():
    case, plain = low_case(), TenderFactory(evaluated=True)
    calendar = CalendarDay.objects.work_calendar()
    rules = rules_for(case.tender, OPENING)

    start, judged = guards.costs_settled_by(case.tender, OPENING, rules, calendar)

    assert judged is not None
    assert start == judged.ends_at > case.explanation.due_at
    assert guards.costs_settled_by(plain, OPENING, rules, calendar) == (OPENING, None)


def test_words_are_asked_for():
    assert not guards.cost_is_explained(" ").holds
    assert not guards.judgement_has_reasons(" ").holds
    assert "流标" in str(guards.order_goes_on(follows=False).refusal)
