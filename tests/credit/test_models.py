"""What the database itself does not let happen, and what each queryset contains."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from credit.models import Case, Conduct, Entry, Measure, Restriction, StandingCheck
from credit.models.deadlines import CreditDeadline
from marketplace.kernel.models import Parameter
from marketplace.kernel.models.append_only import AppendOnlyError
from tests.clock import NOON
from tests.deadlines import next_act
from tests.factories.credit import (
    GRACE,
    CaseFactory,
    EntryFactory,
    RestrictionFactory,
    active_agency,
)
from tests.factories.marketplace import ServiceClassFactory, load_rules

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)
S = Case.Status


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


def test_a_restriction_without_legal_basis_cannot_be_stored():
    broken(Restriction, RestrictionFactory().pk, legal_basis="")


def test_a_restriction_that_ends_as_it_begins_is_a_warning():
    restriction = RestrictionFactory()

    broken(Restriction, restriction.pk, effective_to=restriction.effective_from)
    broken(
        Restriction,
        restriction.pk,
        kind=Measure.WARNING,
        effective_to=restriction.effective_from - INSTANT,
    )
    Restriction.objects.filter(pk=restriction.pk).update(
        kind=Measure.WARNING, effective_to=restriction.effective_from
    )


def test_a_fact_is_recorded_once():
    entry = EntryFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        EntryFactory(organization=entry.organization, kind=entry.kind, reference=entry.reference)


def test_an_entry_is_corrected_once():
    entry = EntryFactory()
    EntryFactory(organization=entry.organization, reference=entry.reference, corrects=entry)

    with pytest.raises(IntegrityError), transaction.atomic():
        EntryFactory(organization=entry.organization, reference=entry.reference, corrects=entry)


def test_nothing_is_recorded_before_it_happened():
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryFactory(occurred_at=NOON, recorded_at=NOON - INSTANT)


@pytest.mark.parametrize("verb", ["change", "delete"])
def test_entries_and_checks_are_written_once(verb):
    check = StandingCheck.objects.create(
        organization=active_agency(),
        moment=StandingCheck.Moment.SIGN_UP,
        reference="x",
        asked_at=NOON,
        rulebook_sha256="0" * 64,
        is_clear=True,
    )
    for row in (EntryFactory(), check):
        with pytest.raises(AppendOnlyError):
            row.save() if verb == "change" else row.delete()
        statement = (
            f'UPDATE "{row._meta.db_table}" SET id = id'  # noqa: S608 - a table of ours
            if verb == "change"
            else f'DELETE FROM "{row._meta.db_table}"'  # noqa: S608
        )
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)
    assert Entry.objects.count() == StandingCheck.objects.count() == 1


@pytest.mark.parametrize(
    ("at", "running"),
    [
        (NOON - INSTANT, False),
        (NOON, True),
        (NOON + timedelta(days=365) - INSTANT, True),
        (NOON + timedelta(days=365), False),
    ],
)
def test_a_restriction_is_in_force_from_its_first_instant_to_before_its_last(at, running):
    RestrictionFactory()

    assert Restriction.objects.in_force(at).exists() == running
    assert Restriction.objects.over(at).exists() == (at >= NOON + timedelta(days=365))


def test_a_lifted_restriction_ends_at_the_instant_it_is_lifted():
    RestrictionFactory(lifted_at=NOON + timedelta(days=2))

    assert Restriction.objects.in_force(NOON + timedelta(days=2) - INSTANT).exists()
    assert not Restriction.objects.in_force(NOON + timedelta(days=2)).exists()
    assert Restriction.objects.over(NOON + timedelta(days=2)).exists()
    assert next_act(CreditDeadline.TERM, NOON) is None


@pytest.mark.parametrize(
    ("kind", "blocks"), [*zip(Measure, [False, False, True, True], strict=True)]
)
def test_only_a_freeze_and_a_removal_block(kind, blocks):
    restriction = RestrictionFactory(kind=kind)

    assert Restriction.objects.blocking().exists() == blocks
    assert restriction.is_blocking == blocks


def test_a_restriction_of_one_class_touches_this_class_alone():
    mine, other = ServiceClassFactory(), ServiceClassFactory()
    RestrictionFactory(service_class=mine)

    assert Restriction.objects.touching(mine).exists()
    assert not Restriction.objects.touching(other).exists()
    assert not Restriction.objects.touching(None).exists()


def test_a_case_belongs_to_the_division_of_its_authority_and_to_those_above():
    case = CaseFactory()
    county = case.authority.division

    assert [*Case.objects.within(county)] == [case]
    assert [*Case.objects.within(county.parent)] == [case]
    assert [*Case.objects.within(county.parent.parent)] == [case]


def test_statements_are_over_at_their_deadline():
    case = CaseFactory()
    CaseFactory(stated=True)

    assert next_act(CreditDeadline.STATEMENT, NOON) == case.statement_due_at + GRACE


def test_open_cases_wait_for_a_statement_or_a_decision():
    waiting = [CaseFactory(stated=True), CaseFactory()]
    CaseFactory(decided=True)
    CaseFactory(dismissed=True)

    assert {*Case.objects.open()} == {*waiting}


def test_rows_name_themselves():
    entry = EntryFactory()
    restriction = RestrictionFactory(organization=entry.organization)

    assert str(entry) == f"{entry.organization.name} late_service -5"
    assert str(restriction) == f"{entry.organization.name} 暂停报名"
    assert str(restriction.case) == restriction.case.number


def test_every_kind_of_conduct_has_points_in_the_rulebook_and_the_other_way_round():
    load_rules()
    keys = Parameter.objects.filter(key__startswith="credit.points.").values_list("key", flat=True)

    assert {key.removeprefix("credit.points.") for key in keys} == set(Conduct)
