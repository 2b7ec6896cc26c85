"""The rows of figures say what they are of."""

from decimal import Decimal

from bidding.models import Rank, Reckoning, Tally
from tests.clock import NOON


def test_each_row_names_itself() -> None:
    rows = [
        Tally(figure="published", month=NOON.date().replace(day=1), count=3),
        Rank(list="credit", place=2, basis=Decimal(100)),
        Reckoning(at=NOON),
    ]

    assert [str(row) for row in rows] == ["采购公告 2026-11 3", "机构信用 2", "2026-11-24 12:00"]
