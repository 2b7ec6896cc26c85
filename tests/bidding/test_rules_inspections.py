"""The worse a grade, the more of it is inspected."""

from bidding.rules.inspections import INSPECTION_SHARE, INSPECTORS
from tests.bidding.shipped import RULES


def test_the_share_rises_with_the_risk_and_two_go() -> None:
    shares = list(RULES.column(INSPECTION_SHARE).values())

    assert shares == sorted(shares)
    assert RULES[INSPECTORS] == 2
