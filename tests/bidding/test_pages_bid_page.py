"""The page on which an agency bids: what it has offered, what became of it, what it may do."""

from datetime import timedelta

import pytest

from bidding.models import Bid, Tender
from bidding.pages.bid_page import BidPage, bid_page
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Verdict
from tests.bidding.openings import opened
from tests.clock import NOON
from tests.factories.bidding import OPENING, BidFactory, OfferFactory, TenderFactory, bidder

pytestmark = pytest.mark.django_db
HOLDS, FAILS = (Verdict("rule", holds, "规则。", FORM) for holds in (True, False))


def seen(bid: Bid) -> BidPage:
    return bid_page(bid.tender, Bid.objects.get(pk=bid.pk), [HOLDS])


def test_without_a_bid_the_page_offers_the_first_one_while_every_rule_holds() -> None:
    tender = Tender(method="lowest")

    page = bid_page(tender, None, [HOLDS, HOLDS])

    assert (page.own, page.is_possible, page.is_opened) == (None, True, False)
    assert (str(page.offer_title), str(page.countdown_title)) == ("提交密封报价", "距报名截止")
    assert not bid_page(tender, None, [HOLDS, FAILS]).is_possible


def test_of_all_offers_the_last_one_stands() -> None:
    bid = BidFactory(amount="81234.50")
    OfferFactory(bid=bid, amount="80000.00", offered_at=NOON + timedelta(hours=1))

    page = seen(bid)

    assert page.own is not None
    assert [(str(row.title), row.amount, row.at, row.stands) for row in page.own.offers] == [
        ("第 2 次报价", "已密封", NOON + timedelta(hours=1), True),
        ("第 1 次报价", "已密封", NOON, False),
    ]
    assert (str(page.offer_title), page.own.can_be_withdrawn) == ("修改报价", True)


def test_what_was_opened_is_shown_and_what_was_replaced_stays_sealed() -> None:
    bid = BidFactory(tender=TenderFactory(closed=True), amount="81234.50")
    OfferFactory(bid=bid, amount="80000.00", offered_at=NOON + timedelta(hours=1))
    BidFactory.create_batch(2, tender=bid.tender)

    bid.tender = opened(bid.tender)
    page = seen(bid)

    assert page.own is not None
    assert [row.amount for row in page.own.offers] == ["¥80,000.00（捌万元整）", "已密封"]


def test_a_bid_that_was_taken_back_stands_with_no_offer_and_can_be_made_anew() -> None:
    page = seen(BidFactory(withdrawn=True))

    assert page.own is not None
    assert [row.stands for row in page.own.offers] == [False]
    assert (str(page.offer_title), page.own.can_be_withdrawn) == ("提交密封报价", False)
    assert (page.own.ended, page.own.revoked) == ("", "")


def test_a_bid_that_a_decision_ended_says_by_which_and_whether_it_fell() -> None:
    bid = BidFactory(ended=True)

    page = seen(bid)
    bid.end_revoked_at = NOON
    fallen = bid_page(bid.tender, bid, [HOLDS])

    assert page.own is not None
    assert fallen.own is not None
    assert page.own.ended == (
        "这份报名已经失效，不能恢复。原因：因信用限制终止 · 赣市监失信〔2026〕1号"
    )
    assert (page.own.revoked, fallen.own.revoked) == (
        "",
        "该决定已于 2026年11月24日 12:00 撤销，报价仍为终止。",
    )


def test_a_bid_that_the_opening_left_out_says_why_and_not_that_credit_is_restricted() -> None:
    page = seen(BidFactory(excluded=True, exclusion="not_qualified"))

    assert page.own is not None
    assert page.own.ended == "这份报名已经失效，不能恢复。原因：资质已不在有效期"


def test_after_the_opening_nothing_is_taken_back() -> None:
    tender = TenderFactory(evaluated=True)
    page = seen(BidFactory(tender=tender, agency=bidder()))

    assert page.own is not None
    assert (page.is_opened, page.own.can_be_withdrawn) == (True, False)
    assert str(page.countdown_title) == "已经开启报价并选取"
    assert tender.evaluated_at == OPENING
