"""What an agency has filed: each is asked once on a page, and anew by an act."""

import pytest
from pytest_django import DjangoAssertNumQueries

from marketplace.filed import certificates_of, fetched_of, papers_of, professionals_of
from marketplace.kernel.known import asking_once
from marketplace.models import Agency
from tests.factories.marketplace import (
    AgencyFactory,
    PractitionerFactory,
    QualificationFactory,
    file_papers,
)
from tests.factories.parties import FieldSourceFactory

pytestmark = pytest.mark.django_db


def filed(agency: Agency) -> list[list[object]]:
    reads = (certificates_of, professionals_of, papers_of, fetched_of)
    return [list(read(agency)) for read in reads]


@pytest.fixture
def agency() -> Agency:
    found = AgencyFactory()
    for one in (found, AgencyFactory()):
        QualificationFactory(agency=one)
        PractitionerFactory(agency=one)
        file_papers(one)
        FieldSourceFactory(organization=one.organization)
    return found


def test_it_is_that_of_the_agency_alone_with_its_class_and_its_documents(
    agency: Agency, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    certificates, professionals, papers, fetched = filed(agency)

    assert certificates == [agency.qualifications.get()]
    assert professionals == [agency.practitioners.get()]
    assert papers == list(agency.papers.order_by("pk"))
    assert len(papers) == 3
    assert fetched == [agency.organization.sources.get()]
    certificate, paper = certificates_of(agency)[0], papers_of(agency)[0]
    with django_assert_num_queries(0):
        assert certificate.service_class.name
        assert paper.document.name


def test_a_page_asks_for_each_once_and_an_act_sees_what_it_has_written(
    agency: Agency, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with asking_once(), django_assert_num_queries(4):
        assert filed(agency) == filed(agency)

    agency.qualifications.all().delete()

    assert certificates_of(agency) == []
