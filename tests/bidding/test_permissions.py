"""Who may: by organisation, role and place, whatever else a person is."""

import pytest

from bidding import permissions
from marketplace.models import Membership
from tests.factories.bidding import (
    AwardFactory,
    ContractFactory,
    TenderFactory,
    bidder,
)
from tests.factories.marketplace import (
    AuthorityFactory,
    BuyerFactory,
    OrganizationFactory,
    UserFactory,
    division,
    party,
)

pytestmark = pytest.mark.django_db
Role = Membership.Role
KINDS = ("agency", "buyer", "authority")


def somebody(kind: str, role: str):
    made = AuthorityFactory() if kind == "authority" else OrganizationFactory(kind=kind)
    return party(made, role)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", Role)
def test_a_role_counts_in_its_kind_of_organisation_alone(kind, role):
    who = somebody(kind, role)

    assert permissions.can_draft_tender(who) is (
        kind == "buyer" and role in {"buyer_manager", "buyer_agent"}
    )
    assert permissions.can_bid(who) is (
        kind == "agency" and role in {"agency_manager", "agency_agent"}
    )
    assert permissions.can_operate(who) is (kind == "authority" and role == "operator")


def test_nobody_may_nothing():
    award = AwardFactory()
    tender = award.tender
    tender.evaluated_at = None

    asked = [
        permissions.can_draft_tender(None),
        permissions.can_see_draft(None, tender),
        permissions.can_edit_tender(None, tender),
        permissions.can_act_as_buyer(None, award),
        permissions.can_operate(None),
        permissions.can_operate_tender(None, tender),
        permissions.can_see_operated(None, tender),
        permissions.can_bid(None),
        permissions.can_act_as_agency(None, award),
        permissions.can_see_contract(None, award),
    ]
    assert not any(asked)


def test_a_manager_sees_the_units_orders_and_an_agent_their_own():
    tender = TenderFactory()
    manager = party(tender.buyer, Role.BUYER_MANAGER)
    colleague = party(tender.buyer, Role.BUYER_AGENT)
    own = party(tender.buyer, Role.BUYER_AGENT, user=tender.created_by)
    elsewhere = party(BuyerFactory().organization, Role.BUYER_MANAGER, user=tender.created_by)

    seen = {
        name: permissions.can_see_draft(who, tender)
        for name, who in [
            ("manager", manager),
            ("colleague", colleague),
            ("own", own),
            ("elsewhere", elsewhere),
        ]
    }

    assert seen == {"manager": True, "colleague": False, "own": True, "elsewhere": False}
    assert permissions.can_edit_tender(own, tender)


@pytest.mark.parametrize(
    ("place", "covers"),
    [("360702", True), ("360700", True), ("360000", True), ("360703", False), ("360100", False)],
)
def test_an_operator_acts_for_its_own_place_and_below(place, covers):
    officer = party(AuthorityFactory(division=division(place)), Role.OPERATOR)
    tender = TenderFactory(submitted=True)

    assert permissions.can_operate_tender(officer, tender) is covers
    assert permissions.can_see_operated(officer, tender) is covers


def test_an_operator_does_not_see_a_draft():
    officer = party(AuthorityFactory(), Role.OPERATOR)

    assert not permissions.can_see_operated(officer, TenderFactory())
    assert permissions.can_see_operated(officer, TenderFactory(returned=True))


def test_a_contract_is_shown_to_its_sides_and_to_the_authorities_of_the_place():
    contract = ContractFactory()
    award, tender = contract.award, contract.award.tender
    inside = [
        party(award.bid.agency, Role.AGENCY_AGENT),
        party(tender.buyer, Role.BUYER_MANAGER),
        *(
            party(AuthorityFactory(division=division("360000")), role)
            for role in (Role.OPERATOR, Role.REGULATOR, Role.MANAGER, Role.INSPECTOR)
        ),
    ]
    outside = [
        party(bidder(), Role.AGENCY_MANAGER),
        party(BuyerFactory().organization, Role.BUYER_MANAGER),
        party(tender.buyer, Role.BUYER_AGENT, user=UserFactory()),
        party(AuthorityFactory(division=division("360100")), Role.OPERATOR),
        party(AuthorityFactory(), Role.BUYER_MANAGER),
    ]

    for subject in (award, contract):
        assert [permissions.can_see_contract(who, subject) for who in inside] == [True] * 6
        assert [permissions.can_see_contract(who, subject) for who in outside] == [False] * 5


def test_each_side_acts_as_itself():
    award = AwardFactory()
    agency = party(award.bid.agency, Role.AGENCY_MANAGER)
    buyer = party(award.tender.buyer, Role.BUYER_MANAGER)

    assert permissions.can_act_as_agency(agency, award)
    assert not permissions.can_act_as_agency(buyer, award)
    assert permissions.can_act_as_buyer(buyer, award)
    assert not permissions.can_act_as_buyer(agency, award)
