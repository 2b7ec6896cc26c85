"""Which bids may be shown to whom, and what is shown with them."""

from datetime import timedelta

import pytest

from bidding.models import Bid
from tests.clock import NOON
from tests.factories.bidding import BidFactory, OfferFactory, TenderFactory
from tests.factories.credit import RestrictionFactory

pytestmark = pytest.mark.django_db


def test_bids_are_opened_with_their_order_and_never_before() -> None:
    opened = BidFactory(tender=TenderFactory(evaluated=True))
    BidFactory(tender=TenderFactory(active=True))
    BidFactory(tender=TenderFactory(closed=True))
    BidFactory(tender=TenderFactory(unsuccessful=True))

    assert [*Bid.objects.opened()] == [opened]


def test_the_last_amount_is_the_one_that_counts_once_it_is_open() -> None:
    bid = BidFactory()
    assert Bid.objects.with_amount().get(pk=bid.pk).amount is None
    bid = BidFactory(tender=TenderFactory(evaluated=True))
    last = bid.offers.order_by("version").last().version
    OfferFactory(bid=bid, version=last + 1, amount=777, offered_at=NOON + timedelta(minutes=1))

    found = Bid.objects.with_amount().get(pk=bid.pk)

    assert (found.amount, found.offered_at) == (777, NOON + timedelta(minutes=1))


def test_a_bid_tells_of_the_decision_that_ended_it_whether_it_is_secret_and_has_fallen() -> None:
    secret = RestrictionFactory(is_public=False, lifted_at=NOON)
    public = RestrictionFactory()
    ended = [
        BidFactory(
            status=Bid.Status.ENDED,
            ended_at=NOON,
            end_reference=restriction.case.decision_number,
        )
        for restriction in (secret, public)
    ]
    standing = BidFactory()

    found = {bid.pk: bid for bid in Bid.objects.with_decision()}

    told = [
        (found[one.pk].is_end_secret, found[one.pk].end_revoked_at) for one in [*ended, standing]
    ]
    assert told == [(True, NOON), (False, None), (False, None)]
