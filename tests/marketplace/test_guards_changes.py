from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from marketplace.guards.changes import (
    Wanted,
    needs_papers,
    new_representative_is_not_sanctioned,
    new_uscc_is_confirmed,
    nothing_is_open_on_the_same,
)
from marketplace.models import ChangeProposal
from tests.clock import NOON
from tests.factories.credit import RestrictionFactory, active_agency
from tests.factories.marketplace import ChangeProposalFactory, QualificationFactory, valid_uscc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
Act, Part = ChangeProposal.Act, ChangeProposal.Part


@pytest.mark.parametrize(
    ("part", "act", "values", "needed"),
    [
        (Part.FACTS, Act.CHANGE, {"name": "甲"}, True),
        (Part.FACTS, Act.CHANGE, {"contact_phone": "1", "office_address": "乙"}, False),
        (Part.QUALIFICATION, Act.RENEW, {"kind": "certificate"}, True),
        (Part.QUALIFICATION, Act.ADD, {"kind": "commitment"}, False),
        (Part.PRACTITIONER, Act.END, {}, False),
    ],
)
def test_what_a_paper_shows_is_changed_with_that_paper(
    part: str, act: str, values: dict[str, Any], needed: bool
) -> None:
    assert needs_papers(Wanted(part, act, None, values)) is needed


def test_on_one_row_an_end_stands_alone_and_a_renewal_beside_a_change() -> None:
    row = QualificationFactory(agency__active=True)
    open_one = {"agency": row.agency, "part": Part.QUALIFICATION, "target": row.pk}
    change = ChangeProposalFactory(act=Act.CHANGE, values={"issuer": "某局"}, **open_one)
    asked = Wanted(Part.QUALIFICATION, Act.CHANGE, row, {"issuer": "某厅"})

    def is_free(wanted: Wanted) -> bool:
        return nothing_is_open_on_the_same(row.agency, wanted).holds

    assert not is_free(asked)
    assert is_free(replace(asked, values={"level": "first"}))
    assert is_free(replace(asked, act=Act.RENEW))
    assert not is_free(replace(asked, act=Act.END, values={}))
    assert is_free(replace(asked, but=change))


def test_a_new_representative_and_a_strange_code_are_made_sure_of() -> None:
    restriction = RestrictionFactory(
        organization=active_agency(legal_representative="周同名"),
        effective_from=NOON - timedelta(days=1),
    )
    values = {"legal_representative": "周同名", "uscc": valid_uscc(7)[:-1] + "0"}
    proposal = ChangeProposalFactory(values=values)

    found = new_representative_is_not_sanctioned(proposal, NOON)

    assert not found.holds
    named = restriction.case.decision_number
    assert new_representative_is_not_sanctioned(proposal, NOON, [named]).holds
    assert not new_uscc_is_confirmed(proposal, confirmed=False).holds
    assert new_uscc_is_confirmed(proposal, confirmed=True).holds
