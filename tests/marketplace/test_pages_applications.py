from datetime import timedelta

import pytest

from marketplace.models import Agency
from marketplace.pages.applications import QUEUES, as_applications, columns, queue_counts
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory, AuthorityFactory

pytestmark = pytest.mark.django_db


def test_an_application_has_its_agency_its_deadline_and_what_an_officer_settles() -> None:
    end = NOON + timedelta(days=5)
    agency = AgencyFactory(publicity=True, publicity_ends_at=end)

    [found] = as_applications(columns(Agency.objects.all()))

    assert (found.key, found.status) == (agency.pk, "publicity")
    assert found.agency.name == agency.organization.name
    assert found.agency.place == agency.organization.division.full_name
    assert found.publicity_ends_at == end
    assert found.uscc_is_settled
    assert found.nature_word == agency.get_nature_display()


def test_the_queues_of_an_area_are_counted_at_once(django_assert_num_queries) -> None:
    for state in ("submitted", "submitted", "publicity", "active"):
        AgencyFactory(**{state: True})
    place = AuthorityFactory().division

    with django_assert_num_queries(1):
        counts = queue_counts(place)

    assert counts == dict(zip(QUEUES, (2, 1, 0), strict=True))
