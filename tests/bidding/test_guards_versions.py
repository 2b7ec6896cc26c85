"""What a page shows of an order, of a bid and of an award."""

from typing import Any

import pytest

from bidding.guards.versions import (
    award_as_seen,
    order_as_seen,
    version_of_award,
    version_of_bid,
    version_of_order,
)
from bidding.models import Bid, Tender
from tests.clock import NOON
from tests.factories.bidding import (
    BidFactory,
    ContractFactory,
    ContractUploadFactory,
    DeliverableFactory,
    EvaluationFactory,
    OfferFactory,
    TenderFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_what_nobody_looked_at_is_not_compared(django_assert_num_queries: Any) -> None:
    award = ContractFactory().award
    tender = award.tender

    with django_assert_num_queries(0):
        assert order_as_seen(tender, None) == ()
        assert award_as_seen(award, None) == ()
    assert [one.holds for one in order_as_seen(tender, version_of_order(tender).token)] == [
        True
    ] * 2
    assert [one.holds for one in award_as_seen(award, version_of_award(award).token)] == [True] * 2
    assert [one.holds for one in order_as_seen(tender, "")] == [False]
    assert [one.holds for one in award_as_seen(award, "")] == [False]


def test_a_bid_moves_no_version_of_the_order() -> None:
    tender = TenderFactory(active=True)
    before = version_of_order(Tender.objects.get()).token

    BidFactory(tender=tender)

    assert Bid.objects.count() == 1
    assert version_of_order(Tender.objects.get()).token == before


def test_an_order_is_another_one_when_its_buyer_is_called_otherwise() -> None:
    tender = TenderFactory(active=True)
    before = version_of_order(tender).token

    tender.buyer.contact_name = "另一位"
    assert version_of_order(tender).token == before
    tender.buyer.name = "另一个名称"
    assert version_of_order(tender).token != before


def test_a_bid_is_another_one_with_each_offer_and_says_which_not_how_much() -> None:
    bid = BidFactory(amount="81234.56")
    tender = bid.tender
    none_yet, first = version_of_bid(tender, None), version_of_bid(tender, bid)

    OfferFactory(bid=bid, amount="71234.56")
    second = version_of_bid(tender, Bid.objects.get())

    assert len({none_yet.token, first.token, second.token}) == 3
    assert [one.name for one in second.seen] == ["", "报价已密封", "第 2 次报价"]
    assert "1234.56" not in str(second.marks)


def test_what_the_schedule_notes_for_itself_nobody_has_to_have_seen() -> None:
    contract = ContractFactory(active=True)
    before = version_of_award(contract.award).token

    contract.late_recorded_at = NOON
    contract.save()
    contract.award.overdue_recorded_at = NOON

    assert version_of_award(contract.award).token == before


def test_an_award_is_another_one_with_each_paper_and_each_rating() -> None:
    contract = ContractFactory(accepted=True)
    award = contract.award
    tokens = [version_of_award(award).token]

    for make in (ContractUploadFactory, DeliverableFactory, EvaluationFactory):
        make(contract=contract)
        tokens.append(version_of_award(award).token)

    assert len(set(tokens)) == 4
    assert [one.name for one in version_of_award(award).seen[2:]] == [
        "test.pdf，2026年12月7日 10:00 提交",
        "test.pdf，2026年12月15日 10:00 提交",
        "业主评价机构 2026年12月17日 10:00",
    ]
