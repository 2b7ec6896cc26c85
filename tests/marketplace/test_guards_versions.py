"""What the pages of an application, an owner and the members are made of, and what moves them."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace.guards.versions import (
    application_as_seen,
    version_of_application,
    version_of_buyer,
    version_of_invitation,
    version_of_members,
)
from marketplace.kernel.versions import Version
from marketplace.models import Agency, Invitation, Membership, Organization
from tests.clock import NOON
from tests.factories.marketplace import (
    AgencyFactory,
    BuyerFactory,
    OrganizationFactory,
    PractitionerFactory,
    QualificationFactory,
    Role,
    UserFactory,
    party,
)

pytestmark = pytest.mark.django_db
Named = list[tuple[str, str, str, str]]


def test_an_application_that_nobody_looked_at_is_not_compared(
    django_assert_num_queries: Any,
) -> None:
    agency = AgencyFactory()

    with django_assert_num_queries(0):
        assert application_as_seen(agency, None) == ()
    token = version_of_application(agency).token
    assert [one.holds for one in application_as_seen(agency, token)] == [True, True]
    assert [one.holds for one in application_as_seen(agency, "")] == [False]


def named(now: Version, token: str) -> Named:
    """Return what has changed: model, field (empty for the row itself), before, after."""
    changes = now.changes_since(token)
    assert changes is not None
    return [
        (one.model.__name__, one.field.name if one.field else "", one.before, one.after)
        for one in changes
    ]


def models_of(version: Version) -> list[str]:
    return sorted(type(one.row).__name__ for one in version.seen)


def invite(organization: Organization, login: str, **more: Any) -> Invitation:
    return Invitation.objects.create(
        organization=organization,
        login=login,
        role=Role.AGENCY_AGENT,
        invited_by=UserFactory(),
        invited_at=NOON,
        expires_at=NOON,
        **more,
    )


# --- An application -------------------------------------------------------------------------------
def application(agency: Agency) -> Version:
    """Read it anew, as the action does under its lock."""
    return version_of_application(Agency.objects.get(pk=agency.pk))


def drop_the_practitioner(agency: Agency) -> None:
    agency.practitioners.all().delete()


def add_a_certificate(agency: Agency) -> None:
    QualificationFactory(agency=agency, certificate_number="赣证2号")


def raise_the_level(agency: Agency) -> None:
    agency.qualifications.update(level="first")


def rename(agency: Agency) -> None:
    Organization.objects.filter(pk=agency.pk).update(name="改过的名称")


def move_the_office(agency: Agency) -> None:
    Agency.objects.filter(pk=agency.pk).update(office_address="另一条路")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (drop_the_practitioner, [("Practitioner", "", "CS1", "")]),
        (add_a_certificate, [("Qualification", "", "", "赣证2号")]),
        (raise_the_level, [("Qualification", "level", "none", "first")]),
        (rename, [("Organization", "name", "原来的名称", "改过的名称")]),
        (move_the_office, [("Agency", "office_address", "", "另一条路")]),
    ],
)
def test_what_an_officer_checks_moves_an_application(
    change: Callable[[Agency], None], expected: Named
):
    agency = AgencyFactory(organization__name="原来的名称")
    QualificationFactory(agency=agency, certificate_number="赣证1号")
    PractitionerFactory(agency=agency, certificate_number="CS1")
    seen = application(agency)

    assert application(agency).token == seen.token
    assert models_of(seen) == ["Agency", "Organization", "Practitioner", "Qualification"]

    change(agency)

    assert named(application(agency), seen.token) == expected


def test_another_agency_moves_no_application():
    agency = AgencyFactory()
    seen = application(agency).token

    QualificationFactory(agency=AgencyFactory())

    assert application(agency).token == seen


# --- An owner -------------------------------------------------------------------------------------
def test_an_owner_is_its_unit_and_its_own_facts():
    buyer = BuyerFactory(organization__contact_name="张三", nature="government")
    seen = version_of_buyer(buyer.organization)
    assert models_of(seen) == ["Buyer", "Organization"]

    Organization.objects.filter(pk=buyer.pk).update(contact_name="李四")
    type(buyer).objects.filter(pk=buyer.pk).update(nature="institution")

    now = version_of_buyer(Organization.objects.get(pk=buyer.pk))
    assert sorted(named(now, seen.token)) == [
        ("Buyer", "nature", "government", "institution"),
        ("Organization", "contact_name", "张三", "李四"),
    ]


# --- Members --------------------------------------------------------------------------------------
def test_members_are_who_acts_now_and_who_may_still_accept():
    organization = OrganizationFactory()
    party(organization, Role.AGENCY_MANAGER, user=UserFactory(name="张三"))
    party(OrganizationFactory(), Role.AGENCY_MANAGER)
    invite(organization, "open")
    invite(OrganizationFactory(), "elsewhere")
    invite(organization, "accepted", accepted_at=NOON)
    invite(organization, "withdrawn", withdrawn_at=NOON)

    version = version_of_members(organization)

    assert [one.name for one in version.seen] == ["张三，机构管理员", "open"]


def test_who_came_and_who_left_are_named():
    organization = OrganizationFactory()
    party(organization, Role.AGENCY_MANAGER, user=UserFactory(name="张三"))
    seen = version_of_members(organization).token

    Membership.objects.update(is_active=False)
    invite(organization, "li.si")

    assert named(version_of_members(organization), seen) == [
        ("Invitation", "", "", "li.si"),
        ("Membership", "", "张三，机构管理员", ""),
    ]


def test_an_invitation_that_was_withdrawn_is_another():
    one = invite(OrganizationFactory(name="甲单位"), "li.si")
    seen = version_of_invitation(one).token
    assert [row.name for row in version_of_invitation(one).seen] == ["甲单位"]

    one.withdrawn_at = NOON

    assert named(version_of_invitation(one), seen) == [
        ("Invitation", "withdrawn_at", "", "2026-11-24T04:00:00+00:00")
    ]
