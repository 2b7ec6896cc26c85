"""The live auction as a method: what the rulebook fixes, and what the evidence says."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bidding.models import Tender
from bidding.rules.methods import (
    AUCTION_COUNTDOWN,
    AUCTION_FLOOR_RESETS,
    AUCTION_LONGEST,
    AUCTION_STEP,
)
from bidding.selection.methods import METHODS, hall_rules_of
from bidding.selection.methods.auction import step_of
from bidding.selection.methods.base import OrderNotPublished
from bidding.selection.methods.registry import NotLive
from bidding.selection.terms.auction import AuctionTerms
from marketplace.kernel.durations import Duration
from tests.bidding.refusals import failing
from tests.bidding.shipped import RULES
from tests.bidding.vectors import VECTORS_2
from tests.clock import NOON

AUCTION = METHODS["auction"]
EVIDENCE = {vector["name"]: vector["evidence"] for vector in VECTORS_2["evidence"]}
FLOOR = EVIDENCE["auction, down to the floor, two join, one that quoted is ended"]
ABOVE = EVIDENCE["auction, ended above the floor"]
SILENT = EVIDENCE["auction, nobody quotes"]
ORDER = Tender(method="auction", ceiling=Decimal(100_000), floor=Decimal(60_000))


def test_the_rulebook_fixes_step_clock_and_floor():
    assert AUCTION.own_terms(ORDER, RULES) == AuctionTerms(
        ceiling=Decimal(100_000),
        floor=Decimal(60_000),
        step=Decimal("1200.00"),
        countdown=300,
        longest=7200,
        floor_is_open=True,
        floor_resets=False,
    )
    others = {
        AUCTION_STEP.key: Decimal("2.5"),
        AUCTION_COUNTDOWN.key: Duration(45, "second"),
        AUCTION_LONGEST.key: Duration(1, "hour"),
        AUCTION_FLOOR_RESETS.key: True,
    }
    rules = hall_rules_of(ORDER, RULES.changed(others))
    assert (rules.step, rules.floor_resets) == (Decimal(1500), True)
    assert (rules.countdown, rules.longest) == (timedelta(seconds=45), timedelta(hours=1))


def test_without_a_floor_the_step_is_of_the_ceiling_and_never_nothing():
    assert AUCTION.own_terms(Tender(ceiling=Decimal(100)), RULES).step == Decimal("2.00")
    assert step_of(Decimal("0.33"), Decimal(2)) == Decimal("0.01")
    assert step_of(Decimal("100.10"), Decimal(2)) == Decimal("2.01")
    with pytest.raises(OrderNotPublished):
        AUCTION.own_terms(Tender(), RULES)


def test_where_rates_are_quoted_the_step_is_of_the_rate_at_the_floor():
    by_rate = Tender(
        method="auction", quote="rate", ceiling=Decimal(100_000), floor=Decimal(72_000)
    )
    free = Tender(method="auction", quote="rate", ceiling=Decimal(100_000))

    terms = AUCTION.own_terms(by_rate, RULES)
    assert (terms.step, terms.by_rate) == (Decimal("5.60"), True)
    assert AUCTION.own_terms(free, RULES).step == Decimal("2.00")


def test_a_hall_takes_no_unit_prices_and_a_floor_that_some_rate_reaches():
    odd = Tender(quote="rate", ceiling=Decimal(168_000), floor=Decimal(120_000))
    unit = Tender(quote="unit", ceiling=Decimal(168_000))
    small = Tender(quote="rate", ceiling=Decimal(99))

    asked = [
        [verdict for _f, verdict in AUCTION.asked(one, RULES, NOON)] for one in (odd, unit, small)
    ]

    assert [failing(*one)[:1] for one in asked] == [
        ["floor_is_of_a_rate"],
        ["hall_takes_no_unit_prices"],
        ["rate_has_a_base"],
    ]
    [floor] = [one for one in asked[0] if one.guard == "floor_is_of_a_rate"]
    assert "¥120,002.40" in str(floor.refusal)


def test_a_method_without_a_hall_has_no_rules_of_one():
    with pytest.raises(NotLive):
        hall_rules_of(Tender(method="lowest", ceiling=Decimal(9)), RULES)


def test_an_order_needs_a_ceiling_and_a_time():
    asked = [verdict for _field, verdict in AUCTION.asked(Tender(), RULES, NOON)]

    assert failing(*asked) == ["order_has_ceiling", "hall_has_a_time"]


def test_who_signs_up_commits_to_the_ceiling_and_quotes_later():
    assert AUCTION.published_amount(ORDER) == Decimal(100_000)
    assert failing(*AUCTION.amount_verdicts(ORDER, Decimal(99_999))) == [
        "amount_is_the_published_price"
    ]


def test_it_says_what_lots_decided_and_what_each_has_quoted():
    assert [str(AUCTION.draw_word(one)) for one in (FLOOR, ABOVE, SILENT)] == [
        "3 家都报到最低限价，由种子排定",
        "最低报价只有一家，没有抽签",
        "流标，没有抽签",
    ]
    assert [str(fact.value) for fact in AUCTION.reckoned(FLOOR)] == ["5 家共 8 次"]
    said = AUCTION.said_of(ABOVE)
    assert list(said.values()) == ["竞价期间没有报价"] * 4
    assert AUCTION.amounts(ABOVE) == {
        ABOVE["winner"]: Decimal(160_200),
        ABOVE["entrants"][0]["uscc"]: Decimal(162_600),
    }
    assert "报到最低限价，抽签排在第 1" in AUCTION.said_of(FLOOR).values()
