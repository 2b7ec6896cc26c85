"""The awards of one of their sides, as its lists show them."""

import pytest

from bidding.models import Award
from bidding.pages.names import AgencyName
from bidding.pages.own_awards import awards_to_act_on, own_awards
from tests.clock import NOON
from tests.factories.bidding import (
    SERVICE_DUE,
    AwardFactory,
    BidFactory,
    ContractFactory,
    ContractUploadFactory,
    TenderFactory,
    bidder,
)
from tests.factories.marketplace import Role, UserFactory, party

pytestmark = pytest.mark.django_db


def test_an_award_names_the_side_that_is_not_the_reader_s_and_where_it_stands() -> None:
    award = ContractFactory(active=True).award
    buyer, agency = award.tender.buyer, award.bid.agency

    [row] = own_awards([award.pk])

    assert (str(row), row.amount) == (award.tender.title, award.amount)
    assert [row.other_side(buyer.pk), row.other_side(agency.pk)] == [
        AgencyName(agency.name, agency.slug),
        AgencyName(buyer.name),
    ]
    assert str(row.stage_word(NOON)) == "服务中"


def test_what_waits_for_a_side_tells_whose_text_it_is_and_until_when() -> None:
    text = ContractUploadFactory(contract=ContractFactory())
    served = ContractFactory(active=True)

    [signing] = awards_to_act_on(
        party(text.contract.award.tender.buyer, Role.BUYER_MANAGER), is_buyer=True
    )
    agency = party(served.award.bid.agency, Role.AGENCY_MANAGER)
    [serving] = awards_to_act_on(agency, is_buyer=False)

    assert signing.text_of == text.organization_id
    assert signing.contract_due_at == text.contract.award.contract_due_at
    assert (serving.service_due_at, serving.service_period) == (SERVICE_DUE, "签约起 11 个工作日")


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


def test_an_agent_of_a_buyer_acts_on_the_awards_of_the_own_orders_alone() -> None:
    award, agent = AwardFactory(active=True), UserFactory()
    tender = TenderFactory(complete=True, buyer=award.tender.buyer, created_by=agent)
    own = AwardFactory(active=True, tender=tender, bid=BidFactory(tender=tender))

    side = party(award.tender.buyer, Role.BUYER_AGENT, user=agent)

    assert [row.pk for row in awards_to_act_on(side, is_buyer=True)] == [own.pk]
