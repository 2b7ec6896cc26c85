"""When a quote is abnormally low, and how long its costs are asked for."""

from decimal import Decimal

from bidding.rules.bids import COST_EXPLAIN, COST_JUDGE, LOW_BELOW_MEAN, LOW_BELOW_NEXT
from marketplace.kernel.durations import Duration
from tests.bidding.shipped import RULES


def test_the_shipped_bounds() -> None:
    assert (RULES[LOW_BELOW_MEAN], RULES[LOW_BELOW_NEXT]) == (Decimal(40), Decimal(30))
    assert (RULES[COST_EXPLAIN], RULES[COST_JUDGE]) == (Duration(2, "working_day"),) * 2
