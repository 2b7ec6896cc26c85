"""What a party finds of its own."""

from datetime import date

import pytest

from bidding.guards.bids import may_submit_bid
from bidding.models import Tender
from bidding.pages.own import (
    awards_of_party,
    matching_tenders,
    tenders_of_buyer,
)
from marketplace.kernel.verdicts import all_hold
from marketplace.models import Agency, Organization
from tests.clock import NOON
from tests.factories.bidding import (
    AwardFactory,
    BidFactory,
    TenderFactory,
    bidder,
    load_reference,
)
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import Role, ServiceClassFactory, UserFactory, party

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


def hindered(tender: Tender) -> dict[str, Organization]:
    """Return an agency for each reason to refuse it, all of them qualified for the order."""
    item = tender.item
    people = {name: bidder(item) for name in ("gone", "lapsed", "frozen", "of class", "withdrew")}
    people |= {name: bidder(item) for name in ("warned", "of another", "bid", "ended", "free")}
    people["branch"] = bidder(item, head_office=people["frozen"])
    row = Agency.objects.filter(organization=people["gone"])
    row.update(status=Agency.Status.WITHDRAWN, withdrawn_at=NOON)
    Agency.objects.filter(organization=people["lapsed"]).update(business_until=date(2026, 11, 23))
    RestrictionFactory(organization=people["frozen"])
    RestrictionFactory(organization=people["of class"], service_class=item.service_class)
    RestrictionFactory(organization=people["of another"], service_class=ServiceClassFactory())
    RestrictionFactory(organization=people["warned"], kind="warning")
    BidFactory(tender=tender, agency=people["bid"])
    BidFactory(tender=tender, agency=people["ended"], ended=True)
    BidFactory(tender=tender, agency=people["withdrew"], withdrawn=True)
    return people


def test_an_order_is_offered_to_whoever_may_sign_up_for_it_and_has_not() -> None:
    load_reference()
    tender = TenderFactory(active=True)
    agencies = hindered(tender)

    offered = {name for name, one in agencies.items() if [*matching_tenders(one, NOON)]}
    taken = {name for name, one in agencies.items() if all_hold(may_submit_bid(tender, one, NOON))}

    assert offered == {"free", "warned", "of another", "withdrew"}
    assert offered == taken - {"bid"}


def test_a_buyer_s_agent_finds_the_awards_of_the_own_orders() -> None:
    award, agent = AwardFactory(active=True), UserFactory()
    tender = TenderFactory(complete=True, buyer=award.tender.buyer, created_by=agent)
    own = AwardFactory(active=True, tender=tender, bid=BidFactory(tender=tender))

    assert [*awards_of_party(party(award.tender.buyer, Role.BUYER_AGENT, user=agent))] == [own]
