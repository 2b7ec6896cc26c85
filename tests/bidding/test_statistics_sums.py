"""Sums add up, and what has no ceiling lies below none."""

from decimal import Decimal

from bidding.statistics.sums import Sums

ONE = Sums(1, Decimal(15), Decimal(5), Decimal(20))


def test_what_was_won_lies_below_the_ceilings_that_there_are() -> None:
    assert ONE.below_ceiling == 75
    assert Sums(1, Decimal(5)).below_ceiling is None


def test_sums_add_up_with_what_has_no_ceiling() -> None:
    found = ONE + Sums(2, Decimal(7))

    assert found == Sums(3, Decimal(22), Decimal(5), Decimal(20))
    assert found.below_ceiling == 75
