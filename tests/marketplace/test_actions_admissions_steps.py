"""What every step of an admission does: lock both rows, record, tell the members."""

import pytest
from pytest_django import DjangoAssertNumQueries

from marketplace.actions.admissions.steps import locked, record_step, tell
from marketplace.kernel.models import AuditEntry
from marketplace.models import Agency, Message, Organization
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory, MembershipFactory

pytestmark = pytest.mark.django_db


def test_an_agency_is_read_afresh_with_its_organization(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    agency = AgencyFactory()
    Organization.objects.update(name="新名")
    Agency.objects.update(introduction="新介绍")

    with django_assert_num_queries(2):
        found = locked(agency)
        read = found, found.introduction, found.organization.name

    assert read == (agency, "新介绍", "新名")
    assert agency.introduction == ""


def test_a_step_is_on_record_with_the_organization_and_both_states() -> None:
    agency = AgencyFactory(submitted=True)

    record_step(agency, "agency.tested", by=None, at=NOON, before="draft", uscc_confirmed=True)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.organization) == (
        "agency.tested",
        None,
        agency.organization,
    )
    assert (entry.before, entry.after) == ("draft", "submitted")
    assert entry.data == {"uscc_confirmed": True}


def test_the_members_are_told_and_led_to_their_application() -> None:
    agency = AgencyFactory(active=True)
    member = MembershipFactory(organization=agency.organization)
    MembershipFactory(organization=agency.organization, is_active=False)

    tell(agency, "marketplace/agency_activated", at=NOON)

    message = Message.objects.get()
    assert (message.user, message.organization) == (member.user, agency.organization)
    assert (message.url, message.created_at) == ("/admission/", NOON)
    assert agency.organization.name in message.subject + message.body
