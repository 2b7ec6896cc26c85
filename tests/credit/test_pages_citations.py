"""What credit cites: its guards and papers, open cases, and the restrictions that run."""

from datetime import date, datetime, timedelta

import pytest

from credit.guards.bases import GROUNDS
from credit.models import Case
from credit.pages.citations import CASE, GUARD, PAPERS, RESTRICTION, cited
from marketplace.kernel.calendar import CHINA
from tests.clock import NOON
from tests.factories.credit import CaseFactory, RestrictionFactory

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def cited_by(kind, on=TODAY):
    return [one for one in cited(on=on) if one.kind == kind]


def test_an_open_case_rests_on_its_basis_and_is_not_public():
    case = CaseFactory(legal_basis="《测试条例》第三条")
    CaseFactory(dismissed=True)

    [found] = cited_by(CASE)

    assert (found.label, found.basis, found.on) == (case.number, "《测试条例》第三条", TODAY)
    assert (found.url, found.is_public) == (f"/regulator/cases/{case.slug}/", False)


def test_a_running_restriction_is_asked_for_the_law_of_the_day_it_began():
    began = datetime(2026, 11, 10, 0, 30, tzinfo=CHINA)
    row = RestrictionFactory(effective_from=began, effective_to=NOON + timedelta(days=9))
    RestrictionFactory(lifted_at=NOON)
    RestrictionFactory(effective_from=began, effective_to=NOON)

    [found] = cited_by(RESTRICTION)

    assert (found.label, found.on) == (row.case.decision_number, date(2026, 11, 10))
    assert (found.url, found.is_public) == (f"/credit/decisions/{row.slug}/", False)


def test_a_restriction_runs_on_a_day_until_whose_end_it_began():
    RestrictionFactory(effective_from=NOON)

    assert cited_by(RESTRICTION, TODAY - timedelta(days=1)) == []
    assert len(cited_by(RESTRICTION)) == 1


def test_a_decision_without_a_number_of_its_own_is_named_by_its_case():
    row = RestrictionFactory()
    Case.objects.filter(pk=row.case_id).update(
        status="dismissed", closed_at=NOON, decision_number=None
    )

    [found] = cited_by(RESTRICTION)

    assert found.label == row.case.number


def test_guards_and_the_papers_of_a_case_rest_on_law_that_everybody_may_read():
    sources = {str(one.basis) for one in cited_by(GUARD)}

    assert "《行政处罚法》第四十五条第一款" in sources
    assert len(cited_by(PAPERS)) == len(GROUNDS)
    assert all(one.is_public for one in [*cited_by(GUARD), *cited_by(PAPERS)])
