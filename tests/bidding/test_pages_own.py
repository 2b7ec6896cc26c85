"""What a party finds of its own."""

import pytest

from bidding.models import Award
from bidding.pages.own import (
    awards_of_party,
    matching_tenders,
    tenders_of_buyer,
)
from bidding.pages.own_awards import awards_to_act_on
from tests.clock import NOON
from tests.factories.bidding import (
    AwardFactory,
    BidFactory,
    ContractFactory,
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


def test_a_side_reads_the_awards_alone_of_which_it_has_an_act_to_do() -> None:
    buyer, agency = TenderFactory(active=True).buyer, bidder()
    waiting: dict[str, Award] = {}
    for state in ("active", "delivered", "accepted", "archived", "terminated"):
        tender = TenderFactory(complete=True, buyer=buyer)
        bid = BidFactory(tender=tender, agency=agency)
        award = AwardFactory(complete=True, tender=tender, bid=bid)
        waiting[state] = ContractFactory(award=award, **{state: True}).award
    for state in ("active", "pending", "cancelled"):
        given = {} if state == "pending" else {state: True}
        tender = TenderFactory(complete=True, buyer=buyer)
        bid = BidFactory(tender=tender, agency=agency)
        waiting[f"award {state}"] = AwardFactory(tender=tender, bid=bid, **given)

    def found(role: Role, *, is_buyer: bool) -> set[str]:
        side = party(buyer if is_buyer else agency, role)
        keys = {award.pk for award in awards_to_act_on(side, is_buyer=is_buyer)}
        return {state for state, award in waiting.items() if award.pk in keys}

    assert found(Role.BUYER_MANAGER, is_buyer=True) == {"delivered", "accepted", "award active"}
    assert found(Role.AGENCY_MANAGER, is_buyer=False) == {"active", "award active"}


def test_a_buyer_s_agent_finds_the_awards_of_the_own_orders() -> None:
    award, agent = AwardFactory(active=True), UserFactory()
    tender = TenderFactory(complete=True, buyer=award.tender.buyer, created_by=agent)
    own = AwardFactory(active=True, tender=tender, bid=BidFactory(tender=tender))

    assert [*awards_of_party(party(award.tender.buyer, Role.BUYER_AGENT, user=agent))] == [own]
