"""What the demo finds when it looks something up."""

from datetime import date, timedelta

import pytest

from cms.demo import reading
from marketplace.kernel.models import Parameter
from marketplace.models import Message, ServiceItem
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, TenderFactory
from tests.factories.marketplace import (
    AgencyFactory,
    MembershipFactory,
    ServiceClassFactory,
    ServiceItemFactory,
    UserFactory,
    division,
    load_calendar,
    load_rules,
)

pytestmark = pytest.mark.django_db


def message(**values: object) -> Message:
    reader = MembershipFactory()
    return Message.objects.create(user=reader.user, organization=reader.organization, **values)


def test_reference_data_is_found_by_its_code() -> None:
    place, kind = division("360702"), ServiceClassFactory(code="survey")
    item = ServiceItemFactory(code="S01", published=True)
    ServiceItemFactory(code="S01", version=item.version + 1, status=ServiceItem.Status.DRAFT)

    assert reading.division("360702") == place
    assert reading.service_class("survey") == kind
    assert reading.published_item("S01") == item


def test_people_and_agencies_are_found() -> None:
    agency, held = AgencyFactory(), MembershipFactory(user=UserFactory(username="zhang"))

    assert reading.agency_of(agency.organization) == agency
    assert reading.person("zhang") == held.user
    assert [*reading.memberships_of(held.user)] == [held]


def test_an_order_is_found_as_it_stands_now() -> None:
    first, second = TenderFactory(title="可研"), TenderFactory(title="可研", complete=True)
    award = AwardFactory(tender=second)

    assert reading.tender_by_slug(first.slug) == first
    assert reading.tender_by_slug("no-such-slug") is None
    assert reading.tender_by_title("可研") == second
    assert reading.tender_by_title("可研").award == award
    assert reading.tender_by_title("没有") is None


def test_unread_messages_are_those_from_before_a_moment_the_oldest_first() -> None:
    early = message(created_at=NOON - timedelta(days=1))
    late = message(created_at=NOON - timedelta(microseconds=1))
    message(created_at=NOON)
    message(created_at=NOON - timedelta(days=2), read_at=NOON)

    assert [*reading.unread_messages(NOON)] == [early, late]


def test_days_of_work_are_counted_by_the_published_calendar() -> None:
    load_calendar()

    # the National Day of 2026: seven days off, and 10 October is worked
    assert reading.working_days(date(2026, 9, 30), date(2026, 10, 10)) == [
        date(2026, 9, 30),
        date(2026, 10, 8),
        date(2026, 10, 9),
        date(2026, 10, 10),
    ]


def test_the_rules_begin_with_the_first_value_in_force() -> None:
    Parameter.objects.all().delete()
    assert reading.rules_begin() is None
    load_rules()

    first = Parameter.objects.order_by("in_force_from").first()
    assert reading.rules_begin() == first.in_force_from
