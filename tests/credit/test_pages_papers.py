"""The documents of a case, from the notice to the repair."""

import pytest

from credit.pages.papers import address_of, paper_of, papers_of
from tests.factories.credit import decision, notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def test_a_case_has_the_documents_of_the_steps_that_it_took(agency, authority):
    case = notice(organization=agency, authority=authority)
    assert [name for name, _title, _at in papers_of(case)] == ["notice"]
    told = paper_of(case, "notice")
    assert (told.number, told.authority) == (case.number, authority.name)
    assert ["五日内要求听证" in text for text, _grounds in told.remedies] == [False, True]

    restriction = decision(case)
    case.refresh_from_db()

    signed = paper_of(case, "decision")
    assert signed.number == case.decision_number
    assert "复核一次" in signed.remedies[0][0]
    assert "六十日内申请行政复议" in signed.remedies[1][0]
    assert address_of(case, signed) == f"/credit/decisions/{restriction.slug}/"
    assert address_of(case, told) == f"/credit/cases/{case.slug}/papers/notice/"
    assert paper_of(case, "review") is None
