"""The price of a small enterprise is lowered to be compared, exactly, and paid in full."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidding.selection.deductions import by_order, compared_at, lowered, with_amounts
from bidding.selection.draw import lowest_price

SEED = bytes(range(32))
AMOUNTS = st.dictionaries(
    st.sampled_from("ABCDE"), st.decimals(0, 999_999_999_999, places=2), min_size=1
)


def test_the_lower_price_of_a_small_one_wins_and_its_own_is_paid() -> None:
    offers = {"A": Decimal("100.01"), "B": Decimal("90.02"), "C": Decimal("90.00")}
    compared = compared_at(offers, {"A"}, 10)

    ranking = lowest_price(by_order(compared), SEED, b"")
    places = with_amounts(ranking, offers, compared)

    assert [(one["uscc"], one["amount"], one["ranked_at"], one["is_tied"]) for one in places] == [
        ("C", "90.00", "90.0000", False),
        ("A", "100.01", "90.0090", False),
        ("B", "90.02", "90.0200", False),
    ]
    assert [lowered(one) for one in places] == [None, "90.0090", None]


def test_equal_compared_prices_are_tied_whatever_is_paid() -> None:
    offers = {"A": Decimal(100), "B": Decimal(90), "C": Decimal(95)}
    compared = compared_at(offers, {"A"}, 10)

    places = with_amounts(lowest_price(by_order(compared), SEED, b""), offers, compared)

    assert {one["uscc"]: one["is_tied"] for one in places} == {"A": True, "B": True, "C": False}
    assert lowered({"amount": "84000.00", "ranked_at": "75600.0000"}) == "75,600.00"


@given(AMOUNTS, st.sets(st.sampled_from("ABCDE")), st.integers(1, 99))
def test_the_order_is_that_of_the_compared_prices_and_of_any_size(
    offers: dict[str, Decimal], small: set[str], percent: int
) -> None:
    compared = compared_at(offers, small, percent)

    order = by_order(compared)

    for one in offers:
        for other in offers:
            assert (compared[one] < compared[other]) is (order[one] < order[other])
    assert {one: compared[one] for one in offers if one not in small} == {
        one: offers[one] for one in offers if one not in small
    }


@pytest.mark.parametrize("percent", [1, 10, 20])
def test_who_is_small_is_never_worse_off(percent: int) -> None:
    offers = {"A": Decimal("0.01"), "B": Decimal("0.01")}

    assert (
        min(compared_at(offers, {"A"}, percent), key=compared_at(offers, {"A"}, percent).get) == "A"
    )
