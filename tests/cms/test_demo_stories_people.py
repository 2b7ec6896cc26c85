"""How authorities, owners and agencies come: each as far as the script says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cms.demo.script import FIRST_DAY, Authority, Buyer
from cms.demo.script import Agency as AgencyPlan
from cms.demo.stories.people import (
    agency_is_admitted,
    authority_is_proposed,
    authority_is_set_up,
    buyer_registers,
)
from cms.demo.world import World
from marketplace.identifiers import check_uscc
from marketplace.models import (
    Agency,
    AuthorityProposal,
    Membership,
    OfficerIdentity,
    Organization,
)
from marketplace.models import Buyer as Owner
from tests.cms.stage import act, appoint, stage
from tests.factories.marketplace import AuthorityFactory, Role, ServiceClassFactory, division

pytestmark = pytest.mark.django_db
PLACE = "360702"
AGENCY = AgencyPlan(
    key="zhice",
    name="江西智策工程咨询有限公司",
    division=PLACE,
    classes={"C23": "first"},
    founded=date(2012, 5, 8),
    capital=500,
    registers=-60,
)


@pytest.fixture
def world() -> World:
    division(PLACE)
    ServiceClassFactory(code="C23")
    return stage()


def roles_in(organization: Organization) -> dict[str, str]:
    rows = Membership.objects.filter(organization=organization)
    return dict(rows.values_list("user__username", "role"))


def test_an_authority_has_its_officers_from_the_first_morning(world: World) -> None:
    plan = Authority(
        key="zhanggong",
        name="章贡区数据局",
        division=PLACE,
        officers={Role.OPERATOR: ["yi", "er"], Role.INSPECTOR: ["san"]},
    )

    [moment] = act(authority_is_set_up(world, plan))

    organization = world.parties["zhanggong"]
    assert moment.date() == world.days.day(FIRST_DAY)
    assert (organization.kind, organization.division_id) == ("authority", PLACE)
    assert roles_in(organization) == {"yi": "operator", "er": "operator", "san": "inspector"}
    assert world.officers["operator", PLACE] == ["yi", "er"]
    assert OfficerIdentity.objects.count() == 3


def test_a_manager_puts_up_one_more_authority_that_waits_for_a_second_word(world: World) -> None:
    office = AuthorityFactory(division=division("360000"))
    world.parties["managing"] = office
    appoint(world, Role.MANAGER, "360000", 1)
    division("360722")

    [moment] = act(authority_is_proposed(world, "managing"))

    proposal = AuthorityProposal.objects.waiting().get()
    assert (proposal.office, proposal.division_id) == (office, "360722")
    assert (proposal.name, proposal.proposed_at) == ("信丰县网上中介服务超市运营中心", moment)


def test_an_owner_has_a_manager_and_an_agent_and_is_checked(world: World) -> None:
    plan = Buyer(
        key="gucheng",
        name="章贡区古城保护中心",
        nature="institution",
        division=PLACE,
        code="12",
        fund="fiscal",
    )

    act(buyer_registers(world, plan))

    organization = world.parties["gucheng"]
    assert roles_in(organization) == {"gucheng": "buyer_manager", "gucheng2": "buyer_agent"}
    assert check_uscc(organization.uscc).is_right
    owner = Owner.objects.get()
    assert (owner.status, owner.checked_by) == (Owner.Status.CHECKED, world.operators(PLACE)[0])


@pytest.mark.parametrize(
    ("changes", "status", "moments"),
    [
        ({"stays": "draft"}, Agency.Status.DRAFT, 2),
        ({"stays": "submitted"}, Agency.Status.SUBMITTED, 3),
        ({"returned": "证书看不清。"}, Agency.Status.RETURNED, 4),
        ({"returned": "证书看不清。", "corrected": True}, Agency.Status.PUBLICITY, 6),
        ({}, Agency.Status.PUBLICITY, 4),
        ({"wrong_check_digit": True}, Agency.Status.PUBLICITY, 4),
    ],
)
def test_an_agency_goes_as_far_as_the_script_says(
    world: World, changes: dict[str, object], status: str, moments: int
) -> None:
    waited = act(agency_is_admitted(world, replace(AGENCY, **changes)))

    agency = Agency.objects.get()
    assert (agency.status, len(waited)) == (status, moments)
    assert waited == sorted(waited)
    assert waited[0].date() == world.days.day(-60)
    assert check_uscc(agency.organization.uscc).is_right != ("wrong_check_digit" in changes)


def test_an_agency_brings_a_certificate_for_each_class_and_professionals(world: World) -> None:
    act(agency_is_admitted(world, replace(AGENCY, expires_in_days=12, has_agent=True)))

    agency = Agency.objects.get()
    [certificate] = agency.qualifications.all()
    assert (certificate.service_class.code, certificate.level) == ("C23", "first")
    assert (certificate.valid_until - world.days.today).days == 12
    assert 2 <= agency.practitioners.count() <= 4
    assert agency.registered_capital == 500
    assert roles_in(agency.organization) == {"zhice": "agency_manager", "zhice2": "agency_agent"}
