"""What search says of agencies, owners and decisions."""

from datetime import timedelta

import pytest

from search.documents import find
from search.documents.parties import Agencies
from search.facets import CLASS, GRADE, REGION, STATUS
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, load_reference
from tests.factories.credit import CaseFactory, EntryFactory, RestrictionFactory, active_agency
from tests.factories.marketplace import QualificationFactory

pytestmark = pytest.mark.django_db


def test_an_agency_is_found_by_its_classes_and_place() -> None:
    load_reference()
    agency = active_agency(name="赣州知策工程咨询有限公司")
    held = QualificationFactory(agency=agency.agency)

    document = find("agency", agency.slug, NOON)

    assert document is not None
    assert document.title == "赣州知策工程咨询有限公司"
    assert document.values_of(GRADE) == ("A",)
    assert document.body == held.service_class.name
    assert document.values_of(CLASS) == (held.service_class.code,)
    assert document.values_of(REGION) == ("360702", "360700", "360000")


def test_where_no_rulebook_gives_grades_an_agency_has_none() -> None:
    agency = active_agency()

    [read] = Agencies().all(NOON)

    assert read().values_of(GRADE) == ()
    assert find("agency", agency.slug, NOON) == read()


def test_an_agency_has_the_grade_that_everybody_may_know_of() -> None:
    load_reference()
    open_record, hidden_record = active_agency(), active_agency()
    EntryFactory(organization=open_record, points=-40)
    unpublished = EntryFactory(organization=hidden_record, points=-40)
    CaseFactory(organization=hidden_record, severity="minor", entry=unpublished, decided=True)

    found = {one.key: one for one in (read() for read in Agencies().all(NOON))}

    assert found[open_record.slug].values_of(GRADE) == ("C",)
    assert found[hidden_record.slug].values_of(GRADE) == ("A",)
    assert found[open_record.slug] == find("agency", open_record.slug, NOON)
    assert found[hidden_record.slug] == find("agency", hidden_record.slug, NOON)


def test_an_owner_is_found_from_its_first_published_order_on() -> None:
    draft, order = TenderFactory(), TenderFactory(active=True)

    assert find("owner", draft.buyer.slug, NOON) is None
    document = find("owner", order.buyer.slug, NOON)
    assert document is not None
    assert (document.title, document.url) == (order.buyer.name, f"/owners/{order.buyer.slug}/")


def test_a_decision_is_found_while_it_is_published_and_no_longer() -> None:
    row = RestrictionFactory()
    ends = row.published_until

    document = find("sanction", row.slug, ends - timedelta(minutes=1))

    assert document is not None
    assert document.title == f"{row.organization.name} 暂停报名"
    assert document.codes == (row.case.decision_number, row.organization.uscc)
    assert document.values_of(STATUS) == ("running",)
    assert find("sanction", row.slug, ends) is None


def test_a_decision_that_is_not_public_is_no_document() -> None:
    row = RestrictionFactory(is_public=False)

    assert find("sanction", row.slug, NOON) is None
