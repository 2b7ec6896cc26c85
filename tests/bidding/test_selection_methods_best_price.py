"""The best price: what the rules fix, and what the evidence says of each bidder."""

from decimal import Decimal

from bidding.models import Tender
from bidding.selection.methods import METHODS
from bidding.selection.terms.best_price import BestPriceTerms
from tests.bidding.shipped import RULES
from tests.bidding.vectors import VECTORS_2

BEST = METHODS["best_price"]
EVIDENCE = {vector["name"]: vector["evidence"] for vector in VECTORS_2["evidence"]}
SEVEN = EVIDENCE["best price, the outer ones of seven set aside, two highest alike"]
FEW = EVIDENCE["best price, too few"]
NEAR = EVIDENCE["best price, two equally near"]


def test_the_rulebook_fixes_the_percent_and_from_when_the_outer_ones_go():
    assert BEST.own_terms(Tender(ceiling=Decimal(9)), RULES) == BestPriceTerms(
        ceiling=Decimal(9), floor=None, least_rate=95, most_rate=98, trim_from=5
    )


def test_the_page_says_how_the_reference_was_worked_out():
    facts = [(str(fact.label), str(fact.value)) for fact in BEST.reckoned(SEVEN)]

    assert facts == [
        ("参加计算的报价", "5 家，合计 ¥447,500.01"),
        ("基准价", "平均价 × 98% = ¥87,710.00"),
    ]
    assert list(BEST.reckoned(FEW)) == []


def test_it_says_of_each_bidder_what_the_amount_does_not():
    assert BEST.said_of(SEVEN) == {
        "91360113MA39TL6X4K": "最高报价，不参加计算和排序",
        "91361102MA3Q1HRY8T": "最低报价，不参加计算和排序",
    }
    assert list(BEST.said_of(NEAR).values()) == [
        "与基准价差距相同，抽签排在第 1",
        "与基准价差距相同，抽签排在第 2",
    ]
    assert BEST.said_of(FEW) == {}


def test_it_says_what_lots_decided():
    assert [str(BEST.draw_word(one)) for one in (SEVEN, NEAR, FEW)] == [
        "抽得百分比 98%；最接近基准价的只有一家",
        "抽得百分比 96%；与基准价差距相同的，由种子排定",
        "流标，没有抽签",
    ]
