"""Plan and price: what the owner fixes, and what is said of it."""

from decimal import Decimal

import pytest

from bidding.models import Tender
from bidding.selection.methods import METHODS, OrderNotPublished, is_scored, template_of
from bidding.selection.terms.plan_price import PlanPriceTerms
from tests.bidding.shipped import RULES
from tests.bidding.test_selection_scoring import EVIDENCE, TEMPLATE

PLAN = METHODS["plan_price"]
WRITTEN = {"price_weight": "30", "criteria": "技术路线 50\n人员配备 20"}


def order(**parameters: str) -> Tender:
    return Tender(method="plan_price", ceiling=Decimal(9), parameters=parameters)


def test_the_weights_of_the_notice_are_the_terms():
    assert PLAN.own_terms(order(**WRITTEN), RULES) == PlanPriceTerms(
        ceiling=Decimal(9), floor=None, price_weight=30, criteria=TEMPLATE.criteria
    )
    assert (template_of(order(**WRITTEN)), is_scored(order())) == (TEMPLATE, True)
    with pytest.raises(OrderNotPublished):
        PLAN.own_terms(order(), RULES)
    assert (template_of(Tender()), is_scored(Tender())) == (None, False)


def test_the_notice_states_the_weights_and_the_evidence_that_scores_decide():
    [fact] = PLAN.facts(order(**WRITTEN))
    assert str(fact.value) == "价格 30%，技术路线 50%，人员配备 20%"
    assert list(PLAN.facts(order())) == []
    assert str(PLAN.draw_word(EVIDENCE)) == "由项目业主按公告的权重评分，不抽签"
    assert str(PLAN.draw_word({"ranking": []})) == "流标，没有评分"
