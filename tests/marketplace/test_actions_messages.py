import pytest

from marketplace.actions.messages import notify, notify_person, read_message, read_messages
from marketplace.kernel.models import Effect
from marketplace.models import Membership, Message
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
Role = Membership.Role
KIND = "marketplace/agency_activated"


@pytest.fixture
def agency():
    return AgencyFactory(active=True, organization__name="甲 & 乙 <丙>")


def test_every_active_member_is_told_once_whatever_roles_they_hold(agency) -> None:
    organization = agency.organization
    manager, agent, gone = UserFactory(), UserFactory(), UserFactory()
    MembershipFactory(user=manager, organization=organization, role=Role.AGENCY_MANAGER)
    MembershipFactory(user=manager, organization=organization, role=Role.AGENCY_AGENT)
    MembershipFactory(user=agent, organization=organization, role=Role.AGENCY_AGENT)
    MembershipFactory(user=gone, organization=organization, is_active=False)
    MembershipFactory()

    messages = notify(organization=organization, kind=KIND, at=NOON, url="/admission/")

    assert [message.user for message in messages] == [manager, agent]
    assert Message.objects.count() == 2
    assert Effect.objects.filter(kind="email", due_at=NOON).count() == 2


def test_who_has_no_address_has_the_inbox_alone(agency) -> None:
    message = notify_person(
        user=UserFactory(email=""), organization=agency.organization, kind=KIND, at=NOON
    )

    assert Message.objects.get() == message
    assert not Effect.objects.filter(kind="email").exists()


def test_only_the_named_roles_are_told(agency) -> None:
    agent = MembershipFactory(organization=agency.organization, role=Role.AGENCY_AGENT).user
    MembershipFactory(organization=agency.organization, role=Role.AGENCY_MANAGER)

    messages = notify(
        organization=agency.organization, kind=KIND, at=NOON, roles=[Role.AGENCY_AGENT]
    )

    assert [message.user for message in messages] == [agent]


def test_the_first_line_is_the_subject_and_names_stay_as_they_are(agency) -> None:
    message = notify_person(
        user=UserFactory(), organization=agency.organization, kind=KIND, at=NOON
    )

    assert message.subject == "入驻生效，全省通行：甲 & 乙 <丙>"
    assert message.body.startswith("入驻公示期满，自 2026年11月24日 12:00 起")


def test_a_message_is_read_when_it_is_first_opened(agency) -> None:
    message = notify_person(
        user=UserFactory(), organization=agency.organization, kind=KIND, at=NOON
    )

    read_message(message=message, at=NOON)
    read_message(message=message, at=NOON.replace(hour=13))

    message.refresh_from_db()
    assert message.read_at == NOON


def test_messages_that_are_read_together_keep_when_each_was_first_opened(agency) -> None:
    early, late, other = (
        notify_person(user=UserFactory(), organization=agency.organization, kind=KIND, at=NOON)
        for _ in range(3)
    )
    read_message(message=early, at=NOON)

    some = Message.objects.filter(pk__in=[early.pk, late.pk])
    assert read_messages(messages=some, at=NOON.replace(hour=13)) == 1

    read = dict(Message.objects.values_list("pk", "read_at"))
    assert read == {early.pk: NOON, late.pk: NOON.replace(hour=13), other.pk: None}
