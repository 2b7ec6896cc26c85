"""A professional moves once at a time, and every end has its moment."""

from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from marketplace.models import PractitionerMove
from tests.clock import NOON
from tests.factories.marketplace import PractitionerFactory, UserFactory
from tests.factories.parties import MoveFactory

S = PractitionerMove.Status
OFFICER = UserFactory.build()
ARGS = {
    "release": {"at": NOON, "by": OFFICER},
    "contest": {"at": NOON, "objection": "劳动合同未解除"},
    "refuse": {"at": NOON, "by": OFFICER, "reasons": "劳动合同未解除"},
    "withdraw": {"at": NOON, "by": OFFICER},
}
VERBS = {one.name for one in PractitionerMove().get_all_status_transitions()}
ALLOWED = {
    (S.REQUESTED, "release"): S.RELEASED,
    (S.CONTESTED, "release"): S.RELEASED,
    (S.REQUESTED, "contest"): S.CONTESTED,
    (S.REQUESTED, "refuse"): S.REFUSED,
    (S.CONTESTED, "refuse"): S.REFUSED,
    (S.REQUESTED, "withdraw"): S.WITHDRAWN,
    (S.CONTESTED, "withdraw"): S.WITHDRAWN,
}


@pytest.mark.parametrize(("status", "verb"), [*product(S, sorted(VERBS))])
def test_a_move_moves_only_as_the_table_says(status, verb):
    row = PractitionerMove(status=status)
    move = getattr(row, verb)

    if target := ALLOWED.get((status, verb)):
        move(**ARGS[verb])
        assert row.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            move(**ARGS[verb])
        assert row.status == status


def test_the_table_names_every_verb():
    assert VERBS == set(ARGS)


@pytest.mark.django_db
@pytest.mark.parametrize("lacking", [{"status": S.CONTESTED}, {"status": S.RELEASED}])
def test_no_state_exists_without_what_it_says(lacking):
    with pytest.raises(IntegrityError), transaction.atomic():
        MoveFactory(**lacking)


@pytest.mark.django_db
def test_nobody_moves_twice_at_once_or_to_where_they_are():
    person = PractitionerFactory()
    MoveFactory(practitioner=person)

    with pytest.raises(IntegrityError), transaction.atomic():
        MoveFactory(practitioner=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        MoveFactory(to_agency=person.agency, from_agency=person.agency)
