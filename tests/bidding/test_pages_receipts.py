"""Each version of a bid has a receipt, which says what came and when, and no amount."""

from datetime import timedelta

import pytest

from bidding.pages.receipts import public_key, receipts_of
from docs.verify_receipt import faults
from tests.bidding.openings import evidence_of, opened
from tests.clock import NOON
from tests.factories.bidding import BidFactory, OfferFactory, TenderFactory

pytestmark = pytest.mark.django_db


def test_each_version_has_a_receipt_that_says_no_amount() -> None:
    bids = BidFactory.create_batch(3, tender=TenderFactory(closed=True), amount="81234.56")
    OfferFactory(bid=bids[0], amount="80000.00", offered_at=NOON + timedelta(hours=1))

    rows = receipts_of(bids[0])

    assert [row.version for row in rows] == [2, 1]
    assert {row.content["sealed"] for row in rows} == {one.sealed for one in bids[0].offers.all()}
    assert "8123456" not in str(rows).replace(".", "")
    assert [faults(row.content, public_key(), None) for row in rows] == [[], []]
    evidence = evidence_of(opened(bids[0].tender))
    assert faults(rows[0].content, public_key(), evidence) == []
    assert faults(rows[1].content, public_key(), evidence) != []
