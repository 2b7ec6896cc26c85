"""The machine of a catalogue item, and what no row may be without."""

from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from marketplace.models import ServiceItem
from tests.clock import NOON
from tests.factories.marketplace import ServiceItemFactory

S = ServiceItem.Status
ARGS = {"publish": {"at": NOON}, "suspend": {"at": NOON}, "abolish": {"at": NOON}}
VERBS = {transition.name for transition in ServiceItem().get_all_status_transitions()}
ALLOWED = {
    (S.DRAFT, "publish"): S.PUBLISHED,
    (S.SUSPENDED, "publish"): S.PUBLISHED,
    (S.PUBLISHED, "suspend"): S.SUSPENDED,
    (S.PUBLISHED, "abolish"): S.ABOLISHED,
    (S.SUSPENDED, "abolish"): S.ABOLISHED,
}


@pytest.mark.parametrize(("status", "verb"), [*product(S, sorted(VERBS))])
def test_an_item_moves_only_as_the_table_says(status: S, verb: str) -> None:
    item = ServiceItem(status=status)
    move = getattr(item, verb)

    if target := ALLOWED.get((status, verb)):
        move(**ARGS[verb])
        assert item.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            move(**ARGS[verb])
        assert item.status == status


def test_the_table_names_every_verb() -> None:
    assert VERBS == set(ARGS)
    assert len([*product(S, VERBS)]) == 4 * 3


@pytest.mark.django_db
@pytest.mark.parametrize("basis", ["", " ", "\n\t "])
def test_no_item_is_public_on_a_basis_that_says_nothing(basis: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceItemFactory(published=True, legal_basis=basis)

    assert not ServiceItem.objects.exists()
