"""What a party finds of its own."""

import pytest

from bidding.pages.own import (
    awards_of_party,
    matching_tenders,
    tenders_of_buyer,
)
from tests.clock import NOON
from tests.factories.bidding import (
    AwardFactory,
    BidFactory,
    TenderFactory,
    bidder,
    load_reference,
)
from tests.factories.marketplace import Role, UserFactory, party

pytestmark = pytest.mark.django_db


def test_a_manager_sees_all_orders_of_the_unit_and_an_agent_the_own_ones() -> None:
    agent = UserFactory()
    first = TenderFactory(active=True, created_by=agent)
    second = TenderFactory(buyer=first.buyer)
    TenderFactory()

    manager = party(first.buyer, Role.BUYER_MANAGER)
    assert [*tenders_of_buyer(manager)] == [second, first]
    assert [*tenders_of_buyer(party(first.buyer, Role.BUYER_AGENT, user=agent))] == [first]


def test_an_agency_finds_the_open_orders_of_its_classes_that_it_may_answer() -> None:
    load_reference()
    tender = TenderFactory(active=True)
    agency, other = bidder(tender.item), bidder(tender.item)
    TenderFactory(active=True)
    TenderFactory(closed=True, item=tender.item)

    assert [*matching_tenders(agency, NOON)] == [tender]
    assert [*matching_tenders(other, NOON)] == [tender]


def test_a_buyer_s_agent_finds_the_awards_of_the_own_orders() -> None:
    award, agent = AwardFactory(active=True), UserFactory()
    tender = TenderFactory(complete=True, buyer=award.tender.buyer, created_by=agent)
    own = AwardFactory(active=True, tender=tender, bid=BidFactory(tender=tender))

    assert [*awards_of_party(party(award.tender.buyer, Role.BUYER_AGENT, user=agent))] == [own]
