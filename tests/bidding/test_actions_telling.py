"""Who is told of an order: who may open it on a side, bidders apart, officers of its place."""

import pytest

from bidding.actions import tenders
from bidding.actions.telling import operators_of, tell_bidders, tell_both, tell_operators
from marketplace.models import Membership, Message
from tests.clock import NOON
from tests.factories.bidding import (
    AwardFactory,
    BidFactory,
    TenderFactory,
    bidder,
)
from tests.factories.marketplace import (
    COUNTY,
    PROVINCE,
    AuthorityFactory,
    Role,
    UserFactory,
    division,
    party,
)

pytestmark = pytest.mark.django_db
WHY = "理由充分。"


def test_an_agent_who_left_is_told_nothing_of_the_order_that_was_theirs() -> None:
    tender = TenderFactory(submitted=True)
    manager = party(tender.buyer, Role.BUYER_MANAGER)
    party(tender.buyer, Role.BUYER_AGENT, user=tender.created_by)
    tender.created_by.memberships.update(is_active=False)

    tenders.return_tender(tender=tender, reasons=WHY, by=UserFactory(), at=NOON)

    assert [message.user for message in Message.objects.all()] == [manager.user]


def test_a_person_with_two_roles_is_told_once() -> None:
    tender = TenderFactory(submitted=True)
    party(tender.buyer, Role.BUYER_MANAGER, Role.BUYER_AGENT, user=tender.created_by)

    tenders.return_tender(tender=tender, reasons=WHY, by=UserFactory(), at=NOON)

    assert [message.user for message in Message.objects.all()] == [tender.created_by]


def test_the_offices_of_the_nearest_place_with_people_act_for_it() -> None:
    province = AuthorityFactory(division=division(PROVINCE))
    party(province, Role.OPERATOR)
    county = AuthorityFactory(division=division(COUNTY))
    assert operators_of(division(COUNTY)) == [province]

    party(county, Role.REGULATOR)
    former = party(county, Role.OPERATOR)
    former.user.memberships.update(is_active=False)
    assert operators_of(division(COUNTY)) == [province]

    party(county, Role.OPERATOR)
    party(county, Role.OPERATOR)
    assert operators_of(division(COUNTY)) == [county]
    Membership.objects.update(is_active=False)
    assert operators_of(division(COUNTY)) == []


def test_bidders_are_told_apart_and_not_who_withdrew_or_was_not_asked() -> None:
    tender = TenderFactory(active=True)
    for state in ({}, {"ended": True}, {"withdrawn": True}):
        bid = BidFactory(tender=tender, **state)
        party(bid.agency, Role.AGENCY_MANAGER)
    party(bidder(), Role.AGENCY_MANAGER)

    tell_bidders(tender, kind="bidding/tender_cancelled", at=NOON)

    told = [message.organization for message in Message.objects.order_by("organization")]
    assert told == [bid.agency for bid in tender.bids.exclude(status="withdrawn").order_by("pk")]


def test_the_named_agency_is_told_once_the_order_is_public() -> None:
    named = bidder()
    party(named, Role.AGENCY_MANAGER)

    tell_bidders(TenderFactory(direct=named), kind="bidding/tender_cancelled", at=NOON)
    assert not Message.objects.exists()
    tell_bidders(TenderFactory(active=True, direct=named), kind="bidding/tender_cancelled", at=NOON)

    assert [message.organization for message in Message.objects.all()] == [named]


def test_both_sides_hear_of_an_award_and_the_officers_of_their_place_of_an_order() -> None:
    award = AwardFactory(active=True)
    tender = award.tender
    buyer = party(tender.buyer, Role.BUYER_MANAGER)
    agency = party(award.bid.agency, Role.AGENCY_MANAGER)
    office = AuthorityFactory(division=tender.division)
    operator = party(office, Role.OPERATOR)
    party(office, Role.REGULATOR)

    tell_both(award, kind="bidding/signature_due_soon", at=NOON)
    tell_operators(tender, kind="bidding/registration_overdue", at=NOON)

    rows = Message.objects.order_by("pk").values_list("user", "url")
    assert {*rows} == {
        (buyer.user.pk, f"/contracts/{tender.slug}/"),
        (agency.user.pk, f"/contracts/{tender.slug}/"),
        (operator.user.pk, f"/operator/tenders/{tender.slug}/"),
    }
