"""What scored methods share: fields, weights that are whole, and envelopes of one size."""

from bidding.models import Tender
from bidding.sealing.envelopes import BLOCK
from bidding.selection.methods import METHODS
from tests.bidding.refusals import failing
from tests.bidding.shipped import RULES
from tests.clock import NOON

PLAN = METHODS["plan_price"]


def test_weights_are_asked_of_the_owner_and_must_be_whole():
    tender = Tender(method="plan_price")

    assert list(PLAN.own_fields()) == ["price_weight", "criteria"]
    asked = dict(PLAN.asked(tender, RULES, NOON))
    assert failing(asked["criteria"]) == ["weights_sum_to_a_hundred"]


def test_envelopes_with_plans_grow_by_larger_steps():
    assert (PLAN.takes_plans, PLAN.block > BLOCK, PLAN.hands_over) == (True, True, False)
    others = [one for one in METHODS.values() if not one.takes_plans]
    assert {one.block for one in others} == {BLOCK}
