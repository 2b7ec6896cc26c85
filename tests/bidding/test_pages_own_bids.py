"""Where each bid of the reader's own agency stands, and what comes next by when."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bidding.actions.tenders import evaluate_tender
from bidding.models import Bid
from bidding.pages.bids import bid_word, is_chosen
from bidding.pages.own_bids import count_of_bids, own_bids, recent_bids
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
    [row] = own_bids([bid.pk], at)
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


def test_the_newest_bids_are_read_in_two_statements_however_many_there_are() -> None:
    bid = BidFactory(submitted_at=NOON)
    newer = [BidFactory(agency=bid.agency, submitted_at=NOON + n * INSTANT) for n in range(1, 7)]
    BidFactory()
    recent_bids(bid.agency, NOON)

    with CaptureQueriesContext(connection) as captured:
        rows = recent_bids(bid.agency, NOON)

    assert [row.code for row in rows] == [one.tender.code for one in reversed(newer)]
    first = newer[-1]
    assert (rows[0].title, rows[0].place) == (first.tender.title, first.tender.division.full_name)
    assert rows[0].amount is None
    assert len(captured) == 3  # with the names of places, which a page reads once
    assert count_of_bids(bid.agency) == 7
