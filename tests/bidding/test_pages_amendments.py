"""Old and new side by side, and whether a bid still stands."""

from datetime import timedelta

import pytest

from bidding.actions.tenders import amend_tender
from bidding.models import Bid
from bidding.pages.amendments import amendments_of, standing_note
from tests.clock import NOON
from tests.factories.bidding import BidFactory, TenderFactory
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def test_a_bidder_reads_whether_its_bid_stands():
    bid = BidFactory(tender=TenderFactory(active=True))
    assert standing_note(bid, takes_bids=True) == ""

    by, at = UserFactory(), NOON
    amend_tender(tender=bid.tender, reasons="写错。", by=by, at=at, contact_name="王测试")
    stands = standing_note(Bid.objects.get(), takes_bids=True)
    at += timedelta(hours=1)
    amend_tender(tender=bid.tender, reasons="漏项。", by=by, at=at, scale="扩大一倍")
    lapsed = Bid.objects.get()

    assert stands == "公告最近一次变更于 2026年11月24日 12:00，贵单位现在的报价有效。"
    assert "贵单位此前的报价不再有效" in standing_note(lapsed, takes_bids=True)
    assert standing_note(lapsed, takes_bids=False) == (
        "公告变更以后没有重新提交，贵单位的报价没有参加选取。"
    )
    last, first = amendments_of(lapsed.tender)
    assert (last.title, first.title) == ("第 2 次变更", "第 1 次变更")
    assert [(one.label, one.old, one.new) for one in last.changes] == [("项目规模", "", "扩大一倍")]
    assert "继续有效" in first.effect
