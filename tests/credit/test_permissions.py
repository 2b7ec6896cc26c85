"""Who may what: each role, each place."""

import pytest

from credit.models import Restriction
from credit.permissions import (
    can_decide_case,
    can_open_case,
    can_revoke_case,
    can_see_case,
    can_see_decision,
    can_see_own_case,
    can_see_own_record,
    can_state_case,
    can_supervise,
)
from marketplace.models import Organization
from marketplace.parties import Party
from tests.factories.credit import CaseFactory, active_agency
from tests.factories.marketplace import (
    AuthorityFactory,
    BuyerFactory,
    Role,
    UserFactory,
    division,
)

pytestmark = pytest.mark.django_db
ZHANGGONG, GANZHOU, NANCHANG, PROVINCE = "360702", "360700", "360100", "360000"


def acting(organization: Organization, *roles: str) -> Party:
    return Party(user=UserFactory(), organization=organization, roles=frozenset(roles))


def officer(role: str, place: str = ZHANGGONG) -> Party:
    return acting(AuthorityFactory(division=division(place)), role)


@pytest.mark.parametrize("role", Role)
def test_officers_who_supervise_are_regulators_managers_and_inspectors(role):
    party = officer(role)

    assert can_supervise(party) == (role in {"regulator", "manager", "inspector"})
    assert can_open_case(party) == (role == "regulator")


@pytest.mark.parametrize("role", Role)
def test_a_role_of_officers_means_nothing_outside_an_authority(role):
    assert not can_supervise(acting(active_agency(), role))
    assert not can_open_case(acting(BuyerFactory().organization, role))


def test_nobody_may_nothing():
    case = CaseFactory()

    assert not can_supervise(None)
    assert not can_open_case(None)
    assert not can_see_case(None, case)
    assert not can_decide_case(None, case)
    assert not can_revoke_case(None, case)
    assert not can_see_own_record(None)
    assert not can_see_own_case(None, case)
    assert not can_state_case(None, case)


@pytest.mark.parametrize(
    ("place", "sees"), [(ZHANGGONG, True), (GANZHOU, True), (PROVINCE, True), (NANCHANG, False)]
)
def test_an_authority_sees_the_cases_of_its_area_and_below(place, sees):
    case = CaseFactory()

    assert can_see_case(officer("inspector", place), case) == sees


def test_an_authority_does_not_see_the_cases_above_it():
    case = CaseFactory(authority=AuthorityFactory(division=division(GANZHOU)))

    assert not can_see_case(officer("regulator", ZHANGGONG), case)


@pytest.mark.parametrize(
    ("role", "decides", "revokes"),
    [("regulator", True, False), ("manager", False, True), ("inspector", False, False)],
)
def test_regulators_decide_and_managers_revoke(role, decides, revokes):
    case = CaseFactory()
    own, above = acting(case.authority, role), officer(role, GANZHOU)

    assert can_decide_case(own, case) == can_decide_case(above, case) == decides
    assert can_revoke_case(own, case) == can_revoke_case(above, case) == revokes


def test_a_neighbour_of_the_same_place_sees_a_case_and_leaves_it_alone():
    case = CaseFactory()

    assert can_see_case(officer("regulator"), case)
    assert not can_decide_case(officer("regulator"), case)
    assert not can_revoke_case(officer("manager"), case)


def test_agencies_and_owners_have_a_record_and_authorities_have_none():
    assert can_see_own_record(acting(active_agency(), "agency_agent"))
    assert can_see_own_record(acting(BuyerFactory().organization, "buyer_agent"))
    assert not can_see_own_record(officer("regulator"))


@pytest.mark.parametrize(("role", "speaks"), [("agency_manager", True), ("agency_agent", False)])
def test_members_read_their_own_case_and_a_manager_speaks(role, speaks):
    case = CaseFactory()
    own, other = acting(case.organization, role), acting(active_agency(), role)

    assert can_see_own_case(own, case)
    assert can_state_case(own, case) == speaks
    assert not can_see_own_case(other, case)
    assert not can_state_case(other, case)


def test_a_published_decision_is_everybody_s_and_another_is_its_parties():
    case = CaseFactory()
    published = Restriction(case=case, is_public=True)
    hidden = Restriction(case=case, is_public=False)

    assert can_see_decision(None, published)
    assert not can_see_decision(None, hidden)
    assert not can_see_decision(acting(active_agency(), "agency_manager"), hidden)
    assert not can_see_decision(officer("regulator", NANCHANG), hidden)
    assert can_see_decision(acting(case.organization, "agency_agent"), hidden)
    assert can_see_decision(officer("inspector", PROVINCE), hidden)
