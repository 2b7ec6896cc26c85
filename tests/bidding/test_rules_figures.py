"""Nothing is compared of too few."""

from bidding.rules.figures import PRICE_LEAST
from bidding.rules.figures import RULES as RULED
from tests.bidding.shipped import RULES


def test_the_shipped_values() -> None:
    assert [one.key for one in RULED] == [
        "figure.price_least",
        "figure.rank_least",
        "figure.baseline_days",
        "figure.baseline_saving",
        "figure.baseline_in_time",
    ]
    assert RULES[PRICE_LEAST] >= 2
