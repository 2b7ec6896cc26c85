"""What a province compares amounts with."""

from decimal import Decimal

from bidding.rules.limits import (
    MUST_USE_LIMIT,
    OPEN_TENDER_LIMIT,
    SPLIT_WINDOW,
    TENDER_LIMIT,
    TENDERED,
)
from marketplace.kernel.durations import Duration
from tests.bidding.shipped import RULES


def test_the_shipped_limits() -> None:
    assert RULES.column(MUST_USE_LIMIT) == {
        "province": Decimal(1_000_000),
        "city": Decimal(500_000),
        "county": Decimal(500_000),
    }
    assert (RULES[TENDER_LIMIT], RULES[OPEN_TENDER_LIMIT]) == (
        Decimal(1_000_000),
        Decimal(2_000_000),
    )
    assert RULES[SPLIT_WINDOW] == Duration(12, "month")


def test_engineering_is_tendered_and_nothing_of_private_money() -> None:
    assert RULES.cell(TENDERED, "fiscal", finer=("C01", "county"))
    assert not RULES.cell(TENDERED, "fiscal", finer=("C03", "county"))
    assert not RULES.cell(TENDERED, "private", finer=("C01", "county"))
