"""What an order must hold, and which officer may take the next step."""

import pytest

from bidding.guards.officers import (
    officer_did_neither,
    officer_did_not_review,
    officer_is_not_of_a_bidder,
    officer_is_not_of_the_buyer,
)
from tests.factories.bidding import (
    BidFactory,
    TenderFactory,
)
from tests.factories.marketplace import (
    MembershipFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


# --- what an order must hold ---


# --- a direct order ---


# --- where the order stands ---


# --- four eyes ---
def test_three_steps_need_three_persons():
    reviewer, publisher, third = UserFactory(), UserFactory(), UserFactory()
    tender = TenderFactory.build(reviewed_by=reviewer, published_by=publisher)

    assert not officer_did_not_review(tender, reviewer).holds
    assert officer_did_not_review(tender, publisher).holds
    assert not officer_did_neither(tender, reviewer).holds
    assert not officer_did_neither(tender, publisher).holds
    assert officer_did_neither(tender, third).holds


def test_who_works_for_the_buyer_is_no_officer_for_its_order():
    tender = TenderFactory()
    member = MembershipFactory(organization=tender.buyer).user
    former = MembershipFactory(organization=tender.buyer, is_active=False).user

    assert not officer_is_not_of_the_buyer(tender, tender.created_by).holds
    assert not officer_is_not_of_the_buyer(tender, member).holds
    assert officer_is_not_of_the_buyer(tender, former).holds
    assert officer_is_not_of_the_buyer(tender, UserFactory()).holds


def test_who_works_for_a_bidder_does_not_register_the_result():
    bid = BidFactory(tender=TenderFactory(evaluated=True))
    member = MembershipFactory(organization=bid.agency).user

    assert not officer_is_not_of_a_bidder(bid.tender, member).holds
    assert officer_is_not_of_a_bidder(bid.tender, UserFactory()).holds


def test_before_the_opening_an_officer_learns_nothing_of_their_own_agency():
    bid = BidFactory()
    member = MembershipFactory(organization=bid.agency).user

    assert officer_is_not_of_a_bidder(bid.tender, member).holds


# --- running again ---


# --- warnings ---
