"""Which terms can be read, by the name of their method."""

import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bidding.selection.methods import METHODS
from bidding.selection.terms import TERMS, NameTaken, UnknownMethod, register, terms_named
from bidding.selection.terms.auction import AuctionTerms
from bidding.selection.terms.base import MethodTerms
from bidding.selection.terms.experts import ExpertsTerms
from bidding.selection.terms.lowest import LowestTerms
from bidding.selection.terms.plan_price import PlanPriceTerms
from bidding.selection.terms.random_draw import RandomTerms


def test_terms_are_found_by_the_name_of_their_method():
    assert terms_named("lowest") is LowestTerms
    with pytest.raises(UnknownMethod):
        terms_named("nearest_name")


def test_registering_twice_changes_nothing_and_a_name_is_taken_once():
    class Other(LowestTerms):
        pass

    register(LowestTerms)
    with pytest.raises(NameTaken):
        register(Other)

    assert TERMS["lowest"] is LowestTerms


def test_all_that_is_offered_can_be_verified_without_the_platform():
    program = (
        "import sys; from bidding.selection.terms import TERMS;"
        "print(*TERMS, 'django' in sys.modules)"
    )

    known = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()

    assert known == [
        "lowest",
        "best_price",
        "auction",
        "shortlist",
        "plan_price",
        "experts",
        "random",
        "direct",
        "False",
    ]
    assert set(METHODS) <= set(known)


# --- What holds of every method that ranks by amounts and lots alone ------------------------------
PRICE = Decimal(90_000)
CRITERIA = (("技术路线", 70),)
BY_AMOUNT: tuple[MethodTerms, ...] = (
    LowestTerms(ceiling=None, floor=None),
    AuctionTerms(
        ceiling=PRICE,
        floor=None,
        step=Decimal(100),
        countdown=60,
        longest=3600,
        floor_is_open=True,
        floor_resets=False,
    ),
    PlanPriceTerms(ceiling=None, price_weight=30, criteria=CRITERIA),
    ExpertsTerms(
        ceiling=None,
        price_weight=30,
        record_weight=0,
        criteria=CRITERIA,
        seats=3,
        drops_outer=False,
    ),
    RandomTerms(price=PRICE),
)
OFFERS = st.dictionaries(
    st.sampled_from([f"{number:018d}" for number in range(9)]),
    st.sampled_from([PRICE, PRICE - 1, PRICE - Decimal("0.01")]),
    min_size=1,
)
BYTES = st.binary(min_size=32, max_size=32)


def order_of(terms: MethodTerms, offers: Mapping[str, Decimal], seed: bytes) -> list[str]:
    at_one_price = dict.fromkeys(offers, PRICE) if isinstance(terms, RandomTerms) else offers
    return list(terms.rank(at_one_price, seed, bytes(32)).order)


@pytest.mark.parametrize("terms", BY_AMOUNT, ids=lambda terms: terms.name)
@settings(max_examples=20)
@given(OFFERS, BYTES, st.data())
def test_order_of_entry_and_whoever_leaves_change_nothing_and_a_lower_amount_costs_no_place(
    terms, offers, seed, data
):
    ranked = order_of(terms, offers, seed)
    one = data.draw(st.sampled_from(ranked))

    assert order_of(terms, dict(reversed(offers.items())), seed) == ranked
    assert sorted(ranked) == sorted(offers)
    if rest := {other: amount for other, amount in offers.items() if other != one}:
        assert order_of(terms, rest, seed) == [other for other in ranked if other != one]
    lower = order_of(terms, {**offers, one: offers[one] - 1}, seed)
    assert lower.index(one) <= ranked.index(one)
