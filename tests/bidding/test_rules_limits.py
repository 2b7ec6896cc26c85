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
    assert (RULES.cell(TENDER_LIMIT), RULES[OPEN_TENDER_LIMIT]) == (
        Decimal(1_000_000),
        Decimal(2_000_000),
    )
    assert {
        (level, kind): RULES.cell(MUST_USE_LIMIT, level, finer=[kind])
        for level in ("province", "city", "county")
        for kind in ("works", "goods")
    } == {
        ("province", "works"): Decimal(600_000),
        ("city", "works"): Decimal(600_000),
        ("county", "works"): Decimal(600_000),
        ("province", "goods"): Decimal(1_000_000),
        ("city", "goods"): Decimal(500_000),
        ("county", "goods"): Decimal(500_000),
    }
    assert [RULES.cell(TENDER_LIMIT, finer=[kind]) for kind in ("works", "goods")] == [
        Decimal(4_000_000),
        Decimal(2_000_000),
    ]
    assert RULES[SPLIT_WINDOW] == Duration(12, "month")


def test_engineering_is_tendered_and_nothing_of_private_money() -> None:
    assert RULES.cell(TENDERED, "fiscal", finer=("C01", "county"))
    assert not RULES.cell(TENDERED, "fiscal", finer=("C03", "county"))
    assert not RULES.cell(TENDERED, "private", finer=("C01", "county"))
