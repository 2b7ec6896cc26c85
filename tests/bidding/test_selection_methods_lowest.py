"""The lowest price: all offer a sealed amount, as long as the order or the rules say."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from bidding.models import Tender
from bidding.selection.methods import (
    METHODS,
)
from bidding.selection.terms.lowest import LowestTerms
from marketplace.kernel.calendar import CHINA
from tests.bidding.refusals import failing
from tests.bidding.shipped import C2026, RULES
from tests.clock import NOON

LOWEST = METHODS["lowest"]
TIMES = ((3, (16, 30)), (4, (9, 30)))


def test_sign_up_lasts_as_long_as_the_order_says_else_as_the_rules_demand():
    assert LOWEST.period_end(Tender(), NOON, RULES, C2026).ends_at == datetime(
        2026, 11, 28, tzinfo=CHINA
    )
    assert LOWEST.period_end(Tender(signup_days=5), NOON, RULES, C2026).ends_at == datetime(
        2026, 12, 2, tzinfo=CHINA
    )


def test_k4_07_a_deadline_and_a_selection_with_a_clock_time_are_kept():
    until, selection = (datetime(2026, 12, day, *at, tzinfo=CHINA) for day, at in TIMES)
    tender = Tender(signup_until=until, selection_at=selection)

    end = LOWEST.period_end(tender, NOON, RULES, C2026)

    assert (end.ends_at, end.provisional) == (until, False)
    assert LOWEST.opening_at(tender, end.ends_at, RULES) == selection
    moved = selection + timedelta(days=7)
    assert LOWEST.opening_at(tender, moved, RULES) == moved + timedelta(seconds=60)


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_an_amount_is_a_number(amount):
    verdicts = LOWEST.amount_verdicts(Tender(), Decimal(amount))

    assert failing(*verdicts) == ["amount_is_written_to_the_cent"]


def test_without_a_ceiling_any_amount_may_be_offered():
    assert failing(*LOWEST.amount_verdicts(Tender(), Decimal("999999999999.99"))) == []


def test_too_few_bids_are_told_with_what_the_rules_ask():
    assert LOWEST.enough_bids(3, 3).holds
    assert LOWEST.enough_bids(2, 3).refusal == "有效报名 2 家，少于规则要求的 3 家"


def test_the_form_says_the_least_period_of_the_rules_and_the_terms_the_ceiling():
    said = LOWEST.help_texts(RULES)

    assert set(said) == set(LOWEST.fields)
    assert "最迟在报名截止后 5 个工作日内" in str(said["selection_at"])
    assert LOWEST.own_terms(Tender(ceiling=Decimal(9)), RULES) == LowestTerms(ceiling=Decimal(9))
    assert "不少于 3 个工作日" in str(said["signup_days"])


@pytest.mark.parametrize(
    ("amounts", "word"),
    [
        ([], "流标，没有抽签"),
        (["5.00", "6.00"], "最低报价只有一家，没有抽签"),
        (["5.00", "5.00", "6.00"], "2 家最低报价相同，由种子排定"),
    ],
)
def test_lots_decide_among_equal_lowest_offers_alone(amounts, word):
    ranking = [{"amount": amount} for amount in amounts]
    evidence = {"ranking": ranking, "amount": amounts[0] if amounts else None}

    assert str(LOWEST.draw_word(evidence)) == word


def test_lots_decide_among_prices_as_they_are_compared():
    ranking = [
        {"amount": "5.00", "ranked_at": "4.5000"},
        {"amount": "4.50", "ranked_at": "4.5000"},
        {"amount": "5.00", "ranked_at": "5.0000"},
    ]

    assert str(LOWEST.draw_word({"ranking": ranking, "amount": "5.00"})) == (
        "2 家最低报价相同，由种子排定"
    )
