"""The terms of plan and price."""

from decimal import Decimal

from bidding.selection.draw import lowest_price
from bidding.selection.terms.plan_price import PlanPriceTerms

TERMS = PlanPriceTerms(
    ceiling=Decimal(9), floor=None, price_weight=30, criteria=(("方案", 50), ("人员", 20))
)


def test_terms_are_read_as_they_are_written():
    assert TERMS.as_json() == {
        "ceiling": "9.00",
        "floor": None,
        "price_weight": 30,
        "criteria": [{"name": "方案", "weight": 50}, {"name": "人员", "weight": 20}],
    }
    assert PlanPriceTerms.read(TERMS.as_json()) == TERMS
    assert TERMS.bounds() == (None, Decimal(9))


def test_all_are_listed_by_amount_and_nobody_has_won():
    offers = {"a": Decimal(2), "b": Decimal(1), "c": Decimal(2)}

    assert TERMS.rank(offers, bytes(32), b"order") == lowest_price(offers, bytes(32), b"order")
    assert TERMS.leaves_choice
