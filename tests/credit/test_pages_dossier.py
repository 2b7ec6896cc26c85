"""What an officer finds about an agency and a case."""

from datetime import timedelta

import pytest

from credit.models import Conduct
from credit.pages.dossier import (
    agencies_named,
    document_of,
    earlier_restrictions,
    entries_that_count,
    related_entries,
)
from tests.clock import NOON
from tests.factories.credit import (
    CaseFactory,
    EntryFactory,
    RestrictionFactory,
    active_agency,
    paper,
)
from tests.factories.marketplace import AgencyFactory, BuyerFactory

pytestmark = pytest.mark.django_db


def test_agencies_are_named_by_words_of_their_name_or_by_their_code():
    agency = active_agency(name="赣州测绘咨询有限公司")
    withdrawn = AgencyFactory(withdrawn=True, organization__name="南昌测绘有限公司").organization
    AgencyFactory(submitted=True, organization__name="九江测绘有限公司")
    BuyerFactory(organization__name="吉安测绘局")

    assert [*agencies_named("测绘")] == [withdrawn, agency]
    assert [*agencies_named("测绘 赣州")] == [agency]
    assert [*agencies_named(agency.uscc.lower())] == [agency]


def test_entries_count_until_they_are_corrected():
    agency = active_agency()
    wrong = EntryFactory(organization=agency)
    right = EntryFactory(organization=agency, corrects=wrong, points=0)
    EntryFactory(organization=agency, occurred_at=NOON + timedelta(days=1))

    assert [*entries_that_count(agency, NOON)] == [right]


def test_related_are_entries_about_the_same_conduct_or_the_same_business():
    case = CaseFactory(kind=Conduct.COLLUSION, reference="T1")
    values = {"organization": case.organization}
    same_business = EntryFactory(reference="T1", kind=Conduct.LATE_SERVICE, **values)
    same_conduct = EntryFactory(reference="T2", kind=Conduct.COLLUSION, **values)
    EntryFactory(reference="T2", kind=Conduct.LATE_SERVICE, **values)

    assert {*related_entries(case, NOON)} == {same_business, same_conduct}


def test_without_business_only_the_same_conduct_is_related():
    case = CaseFactory(kind=Conduct.COLLUSION, reference="")
    same_conduct = EntryFactory(organization=case.organization, kind=Conduct.COLLUSION)
    EntryFactory(organization=case.organization, kind=Conduct.LATE_SERVICE)

    assert [*related_entries(case, NOON)] == [same_conduct]


def test_earlier_restrictions_are_those_of_other_cases():
    restriction = RestrictionFactory()
    earlier = RestrictionFactory(organization=restriction.organization)
    RestrictionFactory()

    assert [*earlier_restrictions(restriction.case)] == [earlier]


def test_a_paper_belongs_to_the_case_that_names_it():
    case = CaseFactory()
    evidence, statement = paper(case.authority), paper(case.organization)
    case.evidence.add(evidence)
    case.statement_document = statement
    case.save()
    foreign = paper(case.organization)

    assert document_of(case, evidence.slug) == evidence
    assert document_of(case, statement.slug) == statement
    assert document_of(case, foreign.slug) is None
