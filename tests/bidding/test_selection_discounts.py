"""A rate and the amount that it comes to are one thing, and the higher rate is the lower amount."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidding.selection.discounts import LEAST_BASE, NotARate, discounted, is_of_a_rate, rate_of

RATES = st.integers(0, 9_999).map(lambda hundredths: Decimal(hundredths) / 100)
BASES = st.integers(int(LEAST_BASE) * 100, 10**13).map(lambda cents: Decimal(cents) / 100)


@pytest.mark.parametrize(
    ("base", "rate", "amount"),
    [
        ("100000", "20", "80000.00"),
        ("100000", "0", "100000.00"),
        ("100000", "99.99", "10.00"),
        ("333.33", "0.01", "333.30"),
        ("100.50", "50", "50.25"),
        ("100.01", "50", "50.01"),
    ],
)
def test_a_rate_comes_to_an_amount_with_half_a_cent_rounded_up(base, rate, amount):
    assert discounted(Decimal(base), Decimal(rate)) == Decimal(amount)


@pytest.mark.parametrize("rate", ["-0.01", "100", "0.001", "NaN", "Infinity"])
def test_what_is_no_rate_is_refused(rate):
    with pytest.raises(NotARate):
        discounted(Decimal(1000), Decimal(rate))


@given(BASES, RATES)
def test_an_amount_tells_its_rate(base, rate):
    amount = discounted(base, rate)

    assert rate_of(base, amount) == rate
    assert is_of_a_rate(base, amount)


@pytest.mark.parametrize("amount", ["0.01", "0", "-1", "100000.01", "99999.99", "80000.01"])
def test_what_no_rate_comes_to_is_of_none(amount):
    assert not is_of_a_rate(Decimal(100_000), Decimal(amount))


@given(BASES, RATES, RATES)
def test_the_higher_rate_is_the_lower_amount(base, one, other):
    assert (one > other) is (discounted(base, one) < discounted(base, other))
