"""What agencies have on a day."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from marketplace.holdings import holdings_of
from marketplace.requirements import Certificate, Holdings, Nothing, Paper, Practitioners
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory, PractitionerFactory, QualificationFactory

pytestmark = pytest.mark.django_db


def test_what_is_valid_on_the_day_counts_and_people_by_their_profession(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    agency, other = AgencyFactory(), AgencyFactory()
    design = QualificationFactory(agency=agency, level="second", discipline="建筑工程")
    over = QualificationFactory(agency=agency, valid_until=date(2026, 11, 23))
    for profession in ("甲师", "甲师", "乙师"):
        PractitionerFactory(agency=agency, certificate_name=profession)
    own = Paper("certificate", design.service_class.code, "建筑工程", "second")

    with django_assert_num_queries(3):
        found = holdings_of([agency.pk, other.pk], NOON, [Practitioners("甲师")])

    assert found == {
        agency.pk: Holdings(frozenset({own}), {"甲师": 2, "乙师": 1}),
        other.pk: Holdings(frozenset(), {}),
    }
    with django_assert_num_queries(1):
        before = holdings_of([agency.pk], NOON - timedelta(days=1), [Nothing()])[agency.pk]
    assert before.people == {}
    assert over.service_class.code in {paper.service_class for paper in before.papers}


@pytest.mark.parametrize(("trait", "counts"), [("active", True), ("submitted", False)])
def test_the_checked_papers_of_a_head_office_are_there_for_its_branches(
    trait: str, *, counts: bool, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    head = AgencyFactory(**{trait: True})
    design = QualificationFactory(agency=head, level="first", discipline="")
    branch, stranger = AgencyFactory(), AgencyFactory()
    branch.organization.head_office = head.organization
    branch.organization.save()
    code = design.service_class.code
    paper = Paper("certificate", code, "", "first")
    asked = Certificate(code, "《建筑法》第十三条", head_office_too=True)
    others = [branch.pk, stranger.pk]

    with django_assert_num_queries(3 if counts else 2):
        found = holdings_of(others, NOON, [asked])
    with django_assert_num_queries(1):
        unasked = holdings_of(others, NOON, [Certificate(code, "《建筑法》第十三条")])

    assert found[branch.pk].of_head == (frozenset({paper}) if counts else frozenset())
    assert found[branch.pk].papers == found[stranger.pk].of_head == frozenset()
    assert unasked[branch.pk].of_head == frozenset()
