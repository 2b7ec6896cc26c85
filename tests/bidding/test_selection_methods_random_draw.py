"""The random draw: the notice has the price, nobody offers another."""

from decimal import Decimal

import pytest

from bidding.models import Tender
from bidding.selection.methods import METHODS, OrderNotPublished
from bidding.selection.terms.random_draw import RandomTerms
from tests.bidding.refusals import failing
from tests.bidding.shipped import RULES

RANDOM = METHODS["random"]
TENDER = Tender(ceiling=Decimal(66000))


def test_the_published_price_alone_can_be_taken():
    assert failing(*RANDOM.amount_verdicts(TENDER, Decimal(66000))) == []
    refused = RANDOM.amount_verdicts(TENDER, Decimal("65999.99"))
    assert failing(*refused) == ["amount_is_the_published_price"]
    assert refused[-1].refusal == "这项采购按公告公布的价格 ¥66,000.00 报名，不另外报价"
    assert RANDOM.published_amount(TENDER) == Decimal(66000)


def test_an_order_without_a_price_has_no_terms():
    assert RANDOM.own_terms(TENDER, RULES) == RandomTerms(price=Decimal(66000))
    with pytest.raises(OrderNotPublished):
        RANDOM.own_terms(Tender(), RULES)


@pytest.mark.parametrize(
    ("count", "word"),
    [(0, "流标，没有抽签"), (1, "只有一家有效报名，没有抽签"), (4, "从 4 家中抽取")],
)
def test_it_says_among_how_many_was_drawn(count, word):
    assert str(RANDOM.draw_word({"ranking": [None] * count})) == word
