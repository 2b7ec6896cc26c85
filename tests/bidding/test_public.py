"""What is sealed moves nothing that the public can see; what is decided moves the version."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from bidding.actions.bids import submit_bid, withdraw_bid
from bidding.guards.versions import version_of_bid
from bidding.models import Bid, Tender
from credit.models import Restriction
from tests.clock import NOON
from tests.factories.bidding import (
    AwardFactory,
    BidFactory,
    ContractFactory,
    EvaluationFactory,
    OfferFactory,
    TenderFactory,
    bidder,
)
from tests.factories.credit import CaseFactory, EntryFactory, RestrictionFactory
from tests.factories.marketplace import UserFactory
from tests.public import moves

pytestmark = pytest.mark.django_db
AMOUNT = Decimal("88000.00")
LATER = NOON + timedelta(minutes=1)


def test_nothing_that_a_bidder_does_before_the_opening_moves_the_version() -> None:
    tender, by = TenderFactory(active=True), UserFactory()
    agency = bidder(tender.item)

    def bid(amount: Decimal) -> None:
        found = Bid.objects.filter(tender=tender).first()
        seen = version_of_bid(tender, found).token
        submit_bid(tender=tender, agency=agency, amount=amount, by=by, at=NOON, seen=seen)

    assert not moves(lambda: bid(AMOUNT))
    assert not moves(lambda: bid(AMOUNT - 1))
    standing = Bid.objects.get()
    seen = version_of_bid(tender, standing).token
    assert not moves(lambda: withdraw_bid(bid=standing, by=by, at=LATER, seen=seen))
    assert Bid.objects.get().status == Bid.Status.WITHDRAWN


@pytest.mark.parametrize("status", ["ended", "excluded", "withdrawn"])
def test_what_becomes_of_a_sealed_bid_moves_nothing(status: str) -> None:
    bid = BidFactory(tender=TenderFactory(active=True))
    values = {
        "ended": {"ended_at": NOON, "end_reference": "x"},
        "excluded": {"excluded_at": NOON, "exclusion": "not_admitted"},
        "withdrawn": {"withdrawn_at": NOON},
    }[status]

    assert not moves(lambda: Bid.objects.filter(pk=bid.pk).update(status=status, **values))
    assert not moves(lambda: OfferFactory(bid=bid, version=9))


def test_an_opened_bid_moves_the_version() -> None:
    bid = AwardFactory().bid

    assert moves(lambda: Bid.objects.filter(pk=bid.pk).update(exclusion="not_admitted"))


def test_an_order_is_public_from_its_publication_on() -> None:
    draft = TenderFactory()
    rows = Tender.objects.filter(pk=draft.pk)
    public = TenderFactory(active=True)

    assert not moves(lambda: rows.update(title="草稿"))
    assert not moves(lambda: rows.update(status=Tender.Status.SUBMITTED, submitted_at=NOON))
    assert moves(lambda: Tender.objects.filter(pk=public.pk).update(title="公告"))


@pytest.mark.parametrize(
    "decided", [AwardFactory, ContractFactory, EvaluationFactory, EntryFactory, RestrictionFactory]
)
def test_what_is_decided_moves_the_version(decided: Callable[[], object]) -> None:
    assert moves(decided)


def test_a_case_that_is_not_decided_and_a_restriction_that_is_not_published_move_nothing() -> None:
    restriction = RestrictionFactory(is_public=False)
    rows = Restriction.objects.filter(pk=restriction.pk)

    assert not moves(lambda: rows.update(lifted_at=LATER))
    assert moves(lambda: rows.update(is_public=True))
    case = CaseFactory()
    assert not moves(lambda: type(case).objects.filter(pk=case.pk).update(facts="尚在调查"))
