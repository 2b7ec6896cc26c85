"""A page says what follows: that an order runs on only where one stands still."""

import pytest

from bidding.models import Dispute
from bidding.pages import disputes_asked as asking

RUNS_ON = "因此中止的采购或者公示恢复，期限按中止的工作日顺延。"


@pytest.mark.parametrize("suspends", [True, False])
def test_it_is_said_that_an_order_runs_on(suspends: bool) -> None:
    dispute = Dispute(suspends=suspends)

    for asked in (
        asking.refuse(dispute, ()),
        asking.withdraw(dispute),
        asking.settle(dispute),
        asking.decide(dispute, ()),
    ):
        assert (RUNS_ON in asked.effects) is suspends
