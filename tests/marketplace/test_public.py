"""What of marketplace's rows is public, and whose change is nobody's business."""

from datetime import timedelta

import pytest

from marketplace.kernel.models import Deadline
from marketplace.models import Agency, Organization, Qualification
from marketplace.models.deadlines import AdmissionDeadline
from tests.clock import NOON
from tests.factories.deadlines import lay_deadline, move_deadline
from tests.factories.marketplace import (
    COUNTY,
    AgencyFactory,
    BuyerFactory,
    MembershipFactory,
    QualificationFactory,
    ServiceClassFactory,
    ServiceItemFactory,
    UserFactory,
    division,
)
from tests.public import moves

pytestmark = pytest.mark.django_db


def test_an_agency_is_public_from_its_publicity_on() -> None:
    draft = AgencyFactory(submitted=True)
    lay_deadline(draft, AdmissionDeadline.PUBLICITY, NOON)  # for the state that it comes to
    service_class = ServiceClassFactory()
    agencies = Agency.objects.filter(pk=draft.pk)
    names = Organization.objects.filter(pk=draft.organization_id)

    assert not moves(lambda: agencies.update(introduction="草稿"))
    assert not moves(lambda: names.update(name="草稿"))
    assert not moves(lambda: QualificationFactory(agency=draft, service_class=service_class))

    assert moves(lambda: agencies.update(status=Agency.Status.PUBLICITY, checked_at=NOON))
    assert moves(lambda: names.update(name="公示"))
    assert moves(lambda: Qualification.objects.update(issuer="省住建厅"))


def test_an_owner_without_a_published_order_and_a_membership_are_nobodys_business() -> None:
    division(COUNTY)
    buyer, user = BuyerFactory().organization, UserFactory()

    assert not moves(lambda: Organization.objects.filter(pk=buyer.pk).update(name="业主"))
    assert not moves(lambda: MembershipFactory(organization=buyer, user=user))
    assert not moves(UserFactory)


def test_an_item_is_public_once_it_is_no_draft() -> None:
    service_class = ServiceClassFactory()

    assert not moves(lambda: ServiceItemFactory(service_class=service_class))
    assert moves(lambda: ServiceItemFactory(service_class=service_class, published=True))


def test_when_the_schedule_looks_at_a_deadline_is_nobodys_business() -> None:
    agency = AgencyFactory(publicity=True)
    row = Deadline.objects.get(kind="agency.publicity", object_id=agency.pk)
    later = NOON + timedelta(days=90)

    assert not moves(lambda: Deadline.objects.filter(pk=row.pk).update(remind_at=later))
    assert moves(lambda: move_deadline(agency, "agency.publicity", ends_at=later))
