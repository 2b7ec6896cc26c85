"""The price of a unit and the amount that it comes to are one thing."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bidding.selection.unit_prices import comes_to, is_of_units, price_of_unit

PRICES = st.integers(1, 10**8).map(lambda cents: Decimal(cents) / 100)


@given(PRICES, st.integers(1, 10**7))
def test_an_amount_tells_its_price_of_a_unit(price, quantity):
    amount = comes_to(price, quantity)

    assert (price_of_unit(amount, quantity), is_of_units(amount, quantity)) == (price, True)


def test_what_no_price_to_the_cent_comes_to_is_told():
    assert not is_of_units(Decimal("0.04"), 3)
    assert price_of_unit(Decimal("0.05"), 3) == Decimal("0.01")
