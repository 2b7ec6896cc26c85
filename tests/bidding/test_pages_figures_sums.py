"""Medians and quartiles of values that are given with how often there are."""

from decimal import Decimal
from statistics import quantiles

import pytest

from bidding.pages.figures.sums import HALF, quantile

NUMBERS = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]


@pytest.mark.parametrize("count", [2, 5, 8, 11])
def test_quartiles_are_those_of_the_standard_library(count: int) -> None:
    some = [Decimal(number) for number in NUMBERS[:count]]
    counted = [(number, some.count(number)) for number in set(some)]

    found = [quantile(counted, share / Decimal(4)) for share in (1, 2, 3)]

    assert found == [Decimal(one) for one in quantiles(some, n=4, method="inclusive")]


def test_nothing_has_no_median() -> None:
    assert quantile([], HALF) is None
