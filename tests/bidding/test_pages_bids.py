"""Where each bid of the reader's own agency stands, and what comes next by when."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from bidding.actions.tenders import evaluate_tender
from bidding.models import Bid, Selection, Tender
from bidding.pages.bids import bid_rows, bid_word, is_chosen, quotes
from marketplace.models import Qualification
from tests.clock import NOON
from tests.factories.bidding import (
    ACCEPT_DUE,
    DEADLINE,
    OPENING,
    PUBLICITY_END,
    RATING_DUE,
    SERVICE_DUE,
    SIGN_DUE,
    AwardFactory,
    BidFactory,
    ContractFactory,
    TenderFactory,
)

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


def row_of(bid: Bid, at: datetime = NOON) -> tuple[str, str, datetime | None]:
    [row] = bid_rows([bid], at)
    return str(row.word), str(row.next_word), row.next_at


def test_a_bid_for_an_order_before_its_opening_is_sealed_or_waits() -> None:
    sealed = BidFactory()
    waiting = BidFactory(tender=TenderFactory(closed=True))

    assert row_of(sealed) == ("报价已密封", "报名截止", DEADLINE)
    assert row_of(sealed, DEADLINE - INSTANT)[1] == "报名截止"
    assert row_of(sealed, DEADLINE) == ("等待选取", "开启报价", OPENING)
    assert row_of(waiting) == ("等待选取", "开启报价", OPENING)


def test_the_winner_is_told_the_deadline_of_each_next_step() -> None:
    assert row_of(AwardFactory().bid)[1:] == ("结果公示至", PUBLICITY_END)
    assert row_of(AwardFactory(active=True).bid)[1:] == ("签约期限", SIGN_DUE)
    expected = {
        "active": ("交付期限", SERVICE_DUE),
        "delivered": ("验收期限", ACCEPT_DUE),
        "accepted": ("评价期限", RATING_DUE),
        "archived": ("", None),
    }
    for state, step in expected.items():
        assert row_of(ContractFactory(**{state: True}).award.bid)[1:] == step


def test_another_bid_for_an_awarded_order_was_not_chosen() -> None:
    award = AwardFactory()
    other = BidFactory(tender=award.tender)

    assert row_of(other) == ("未中选", "结果公示至", PUBLICITY_END)


@pytest.mark.parametrize(
    ("state", "word"), [("withdrawn", "已撤回"), ("ended", "已失效"), ("excluded", "已失效")]
)
def test_a_bid_that_does_not_stand_has_nothing_next(state: str, word: str) -> None:
    assert row_of(BidFactory(**{state: True})) == (word, "", None)


def test_between_opening_and_registration_one_bid_is_to_win_and_no_other_has_lost() -> None:
    tender = TenderFactory(closed=True)
    dear, cheap = (BidFactory(tender=tender, amount=amount) for amount in (90000, 80000))
    assert [str(bid_word(bid)) for bid in (cheap, dear)] == ["报价已密封", "报价已密封"]

    evaluate_tender(tender=tender, at=OPENING)

    cheap, dear = Bid.objects.order_by("-pk")
    due = cheap.tender.register_due_at
    assert row_of(cheap, OPENING) == ("拟中选，等待登记", "登记结果", due)
    assert row_of(dear, OPENING) == ("已开启", "登记结果", due)
    assert [is_chosen(bid) for bid in (cheap, dear)] == [True, False]


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
    assert [row_of(bid)[0] for bid in (unopened, opened)] == ["流标", "流标"]
