from collections.abc import Callable
from itertools import product

import pytest

from marketplace import permissions
from marketplace.models import Agency, Membership
from marketplace.parties import Party
from tests.factories.marketplace import (
    CITY,
    AgencyFactory,
    AuthorityFactory,
    BuyerFactory,
    division,
    party,
)

pytestmark = pytest.mark.django_db
Role = Membership.Role
OF_AGENCY = {Role.AGENCY_MANAGER, Role.AGENCY_AGENT}
OF_BUYER = {Role.BUYER_MANAGER, Role.BUYER_AGENT}


@pytest.fixture
def agency() -> Agency:
    return AgencyFactory(submitted=True)


def with_role(role: str, agency: Agency) -> Party:
    """Return somebody with `role` in the agency, in a buyer, or in the authority of its place."""
    if role in OF_AGENCY:
        return party(agency.organization, role)
    return party(BuyerFactory().organization if role in OF_BUYER else AuthorityFactory(), role)


@pytest.mark.parametrize(
    ("ask", "allowed"),
    [
        (permissions.can_see_admission, OF_AGENCY),
        (permissions.can_change_admission, {Role.AGENCY_MANAGER}),
        (permissions.can_check_admission, {Role.OPERATOR}),
        (lambda one, _agency: permissions.can_see_admission_queue(one), {Role.OPERATOR}),
        (
            lambda one, _agency: permissions.can_manage_members(one),
            {Role.AGENCY_MANAGER, Role.BUYER_MANAGER, Role.MANAGER},
        ),
    ],
    ids=["see admission", "change admission", "check admission", "see queue", "manage members"],
)
def test_each_role_may_what_the_table_says(
    agency: Agency, ask: Callable[[Party | None, Agency], bool], allowed: set[str]
) -> None:
    assert {role for role in Role if ask(with_role(role, agency), agency)} == allowed
    assert not ask(None, agency)


def test_a_role_counts_only_where_it_is_held(agency: Agency) -> None:
    other = party(AgencyFactory().organization, *OF_AGENCY)

    assert not permissions.can_see_admission(other, agency)
    assert not permissions.can_change_admission(other, agency)


@pytest.mark.parametrize(
    ("own", "place"), [*product(["360000", CITY, "360702"], ["360000", CITY, "360702"])]
)
def test_an_operator_decides_for_the_own_area_and_those_below(own: str, place: str) -> None:
    operator = party(AuthorityFactory(division=division(own)), Role.OPERATOR)
    agency = AgencyFactory(submitted=True, organization__division=division(place))

    allowed = own in {"360000", place}

    assert permissions.can_check_admission(operator, agency) is allowed


def test_an_operator_s_role_in_a_buyer_is_worth_nothing(agency: Agency) -> None:
    strange = party(BuyerFactory().organization, Role.OPERATOR)

    assert not permissions.can_see_admission_queue(strange)
    assert not permissions.can_check_admission(strange, agency)
