from datetime import timedelta

import pytest

from marketplace.guards import memberships as guards
from marketplace.models import Invitation, Membership, Organization
from tests.clock import NOON
from tests.factories.marketplace import (
    COUNTY,
    AgencyFactory,
    AuthorityFactory,
    BuyerFactory,
    MembershipFactory,
    UserFactory,
    division,
    party,
)

pytestmark = pytest.mark.django_db
Role = Membership.Role
OF_KIND = {
    "agency": {Role.AGENCY_MANAGER, Role.AGENCY_AGENT},
    "buyer": {Role.BUYER_MANAGER, Role.BUYER_AGENT},
    "authority": {Role.OPERATOR, Role.REGULATOR, Role.MANAGER, Role.INSPECTOR, Role.EXPERT},
}


def organization_of_kind(kind: str) -> Organization:
    if kind == "authority":
        return AuthorityFactory()
    profile = AgencyFactory() if kind == "agency" else BuyerFactory()
    return profile.organization


def invitation(**values) -> Invitation:
    organization = values.pop("organization", None) or BuyerFactory().organization
    inviter = UserFactory()
    MembershipFactory(user=inviter, organization=organization, role=Role.BUYER_MANAGER)
    defaults = {
        "login": "zhang",
        "user": UserFactory(),
        "role": Role.BUYER_AGENT,
        "invited_by": inviter,
        "invited_at": NOON,
        "expires_at": NOON + timedelta(days=7),
    }
    return Invitation.objects.create(organization=organization, **{**defaults, **values})


@pytest.mark.parametrize("kind", OF_KIND)
def test_each_kind_of_organization_has_its_own_roles(kind: str) -> None:
    organization = organization_of_kind(kind)

    fitting = {role for role in Role if guards.role_fits_organization(organization, role).holds}

    assert fitting == OF_KIND[kind]


def test_nobody_appoints_themselves_and_the_first_needs_nobody() -> None:
    one, other = UserFactory(), UserFactory()

    assert not guards.appointed_by_another(one, one).holds
    assert guards.appointed_by_another(one, other).holds
    assert guards.appointed_by_another(one, None).holds


def test_the_same_role_is_not_given_twice_but_again_after_it_ended() -> None:
    member = MembershipFactory(role=Role.AGENCY_AGENT)
    asked = member.organization, member.user, Role.AGENCY_AGENT

    assert not guards.member_is_new(*asked).holds

    member.is_active = False
    member.save()
    assert guards.member_is_new(*asked).holds


def test_the_last_manager_stays_while_others_may_go() -> None:
    manager = MembershipFactory(role=Role.AGENCY_MANAGER)
    agent = MembershipFactory(organization=manager.organization, role=Role.AGENCY_AGENT)

    assert not guards.organization_keeps_a_manager(manager).holds
    assert guards.organization_keeps_a_manager(agent).holds

    MembershipFactory(organization=manager.organization, role=Role.AGENCY_MANAGER)
    assert guards.organization_keeps_a_manager(manager).holds


@pytest.mark.parametrize(
    ("moved", "holds"), [(-timedelta(microseconds=1), True), (timedelta(), False)]
)
def test_an_invitation_ends_at_its_end(moved: timedelta, holds: bool) -> None:
    one = invitation()

    assert guards.invitation_is_fresh(one, one.expires_at + moved).holds is holds


def test_an_invitation_falls_with_the_manager_who_sent_it() -> None:
    one = invitation()
    assert guards.inviter_still_manages(one).holds

    Membership.objects.filter(user=one.invited_by).update(is_active=False)

    assert not guards.inviter_still_manages(one).holds


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"accepted_at": NOON}, ["invitation_is_unused"]),
        ({"withdrawn_at": NOON}, ["invitation_stands"]),
        ({"expires_at": NOON}, ["invitation_is_fresh"]),
    ],
)
def test_an_invitation_is_accepted_once_while_it_stands(
    values: dict[str, object], expected: list[str]
) -> None:
    one = invitation(**values)

    verdicts = guards.may_accept_invitation(one, one.user, NOON)

    assert [verdict.guard for verdict in verdicts if not verdict.holds] == expected


@pytest.mark.parametrize(("code", "holds"), [("360700", True), (COUNTY, False), ("360800", False)])
def test_a_manager_of_the_office_above_stands_for_the_first_of_an_authority(
    code: str, holds: bool
) -> None:
    manager = party(AuthorityFactory(division=division(code)), Role.MANAGER).user
    one = Invitation(organization=AuthorityFactory(), role=Role.MANAGER, invited_by=manager)

    assert guards.inviter_still_manages(one).holds is holds
