"""The machine of a list, and that it has two persons or none."""

from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from marketplace.models import CatalogueList
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

S = CatalogueList.Status
ARGS = {"publish": {"by": None, "at": NOON}, "withdraw": {"by": None, "at": NOON}}
VERBS = {transition.name for transition in CatalogueList().get_all_status_transitions()}
ALLOWED = {(S.PLANNED, "publish"): S.ACTIVE, (S.PLANNED, "withdraw"): S.CANCELLED}


@pytest.mark.parametrize(("status", "verb"), [*product(S, sorted(VERBS))])
def test_a_list_moves_only_as_the_table_says(status: S, verb: str) -> None:
    found = CatalogueList(status=status)
    move = getattr(found, verb)

    if target := ALLOWED.get((status, verb)):
        move(**ARGS[verb])
        assert (found.status, found.decided_at) == (target, NOON)
    else:
        with pytest.raises(TransitionNotAllowed):
            move(**ARGS[verb])
        assert found.status == status


def test_the_table_names_every_verb() -> None:
    assert VERBS == set(ARGS)


@pytest.mark.django_db
def test_the_database_takes_no_list_that_one_person_made_alone() -> None:
    one = UserFactory()
    given = {"number": "赣办〔2026〕1号", "dated_on": NOON.date(), "proposed_at": NOON}
    for decided_by in (one, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            CatalogueList.objects.create(
                **given, status=S.ACTIVE, proposed_by=one, decided_by=decided_by, decided_at=NOON
            )

    assert not CatalogueList.objects.exists()
