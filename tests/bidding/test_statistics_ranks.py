"""Who did many things well goes before who did few without a fault."""

from decimal import Decimal

from bidding.models.tally import RankList
from bidding.statistics.ranks import _by_share, lower_bound


def test_the_share_that_is_sure_grows_with_the_cases() -> None:
    assert [lower_bound(*one) for one in ((12, 12), (56, 58), (0, 5))] == [
        *(Decimal("75.75"), Decimal("88.27"), Decimal("0.00")),
    ]


def test_who_is_as_good_has_the_same_place() -> None:
    rows = list(_by_share(RankList.OWNERS, {1: [3, 2], 2: [58, 56], 3: [3, 2], 4: [3, 0]}))

    assert [(row.organization_id, row.place) for row in rows] == [(2, 1), (1, 2), (3, 2), (4, 4)]
