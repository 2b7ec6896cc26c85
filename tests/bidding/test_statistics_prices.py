"""Of how many awards on prices are told."""

import pytest

from bidding.statistics.prices import least_prices
from tests.clock import NOON


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_the_rulebook_says_of_how_many() -> None:
    assert least_prices(NOON) == 5
