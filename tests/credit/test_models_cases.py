"""What a row of a case may hold."""

import pytest
from django.db import IntegrityError, transaction

from credit.models import Case
from tests.factories.credit import (
    CaseFactory,
)

pytestmark = pytest.mark.django_db


def broken(model, pk, **values):
    """Write past the model and expect the database to refuse."""
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=pk).update(**values)


def test_a_decision_by_the_opener_cannot_be_stored():
    case = CaseFactory(decided=True)

    broken(Case, case.pk, decided_by=case.opened_by)


@pytest.mark.parametrize("officer", ["opened_by", "decided_by"])
def test_a_revocation_by_an_officer_of_the_case_cannot_be_stored(officer):
    case = CaseFactory(revoked=True)

    broken(Case, case.pk, revoked_by=getattr(case, officer))


@pytest.mark.parametrize(
    ("state", "missing"),
    [
        ("stated", {"stated_at": None}),
        ("decided", {"decided_by": None}),
        ("decided", {"decided_at": None}),
        ("decided", {"decision_reasons": ""}),
        ("decided", {"decision_number": None}),
        ("dismissed", {"decision_reasons": ""}),
        ("dismissed", {"closed_at": None}),
        ("revoked", {"closed_at": None}),
        ("revoked", {"revoked_by": None}),
        ("revoked", {"closing_reasons": ""}),
        ("ended", {"closed_at": None}),
    ],
)
def test_a_state_without_what_belongs_to_it_cannot_be_stored(state, missing):
    broken(Case, CaseFactory(**{state: True}).pk, **missing)


@pytest.mark.parametrize("field", ["legal_basis", "facts"])
def test_a_case_without_basis_or_facts_cannot_be_stored(field):
    broken(Case, CaseFactory().pk, **{field: ""})


def test_a_case_belongs_to_the_division_of_its_authority_and_to_those_above():
    case = CaseFactory()
    county = case.authority.division

    assert [*Case.objects.within(county)] == [case]
    assert [*Case.objects.within(county.parent)] == [case]
    assert [*Case.objects.within(county.parent.parent)] == [case]


def test_open_cases_wait_for_a_statement_or_a_decision():
    waiting = [CaseFactory(stated=True), CaseFactory()]
    CaseFactory(decided=True)
    CaseFactory(dismissed=True)

    assert {*Case.objects.open()} == {*waiting}
