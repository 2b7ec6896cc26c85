"""What has become of the bids for an order, and what the draw decided."""

from datetime import timedelta

import pytest
from django.test import Client

from bidding.actions.tenders import evaluate_tender
from bidding.models import Selection, Tender
from bidding.pages.bids import bid_word, quotes
from bidding.pages.own_bids import own_bids
from marketplace.models import Qualification
from tests.clock import NOON
from tests.factories.bidding import (
    OPENING,
    AwardFactory,
    BidFactory,
    TenderFactory,
)

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


def test_equal_quotes_stand_as_the_draw_ranked_them_and_say_so(client: Client) -> None:
    tender = TenderFactory(closed=True, code="JX360702-2026-00009")
    for amount in (70000, *[50000] * 5):
        left_out = BidFactory(tender=tender, amount=amount)
    Qualification.objects.filter(agency=left_out.agency_id).delete()

    evaluate_tender(tender=tender, at=OPENING)

    rows = quotes(Tender.objects.with_details().get(), OPENING)
    selection = Selection.objects.get()
    ranked = [place["uscc"] for place in selection.content["ranking"]]
    assert [row.bid.agency.uscc for row in rows] == [
        *ranked[:4],
        left_out.agency.uscc,
        *ranked[4:],
    ]
    assert [row.lot for row in rows] == [
        *(f"报价相同，抽签排在第 {place}" for place in range(1, 5)),
        *["", ""],
    ]
    assert client.get("/tenders/JX360702-2026-00009/").content.decode().count("抽签排在第") == 4


def test_a_registered_result_says_of_each_bid_whether_it_won() -> None:
    words = {"": "拟中选，结果公示", "active": "已中选", "cancelled": "中选已取消"}
    for state, word in words.items():
        award = AwardFactory(**({state: True} if state else {}))
        other = BidFactory(tender=award.tender)

        assert [str(bid_word(bid)) for bid in (award.bid, other)] == [word, "未中选"]


def test_the_bids_of_an_order_that_failed_stay_sealed_unless_it_was_opened() -> None:
    unopened = BidFactory(tender=TenderFactory(unsuccessful=True))
    opened = BidFactory(tender=TenderFactory(unsuccessful=True, evaluated_at=OPENING))

    assert [str(bid_word(bid)) for bid in (unopened, opened)] == ["报价已密封", "已开启"]
    rows = own_bids([unopened.pk, opened.pk], NOON)
    assert [str(row.word) for row in rows] == ["流标", "流标"]
