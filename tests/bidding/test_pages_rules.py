"""Which orders a new rule value would reach."""

import pytest

from bidding.pages.rules import touched_orders
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import CITY, COUNTY, division

pytestmark = pytest.mark.django_db


def test_drafts_follow_and_running_orders_keep_their_version_within_the_place() -> None:
    for state in ({}, {"submitted": True}, {"active": True}, {"evaluated": True}):
        TenderFactory(**state)
    for over in ({"cancelled": True}, {"unsuccessful": True}, {"complete": True}):
        TenderFactory(**over)
    TenderFactory(division=division(CITY))

    def counted(code: str) -> list[tuple[int, bool]]:
        return [(one.count, one.is_touched) for one in touched_orders(division=division(code))]

    assert counted(COUNTY) == [(2, True), (2, False)]
    assert counted("360000") == [(3, True), (2, False)]
