"""The states of reviews and repairs, and what the database holds them to."""

from itertools import product

import pytest
from django_fsm import TransitionNotAllowed

from credit.models import Repair, Review
from marketplace.models import User
from tests.clock import NOON

SAID = {"at": NOON, "by": User(pk=7), "number": "D1", "reasons": "x"}
ENDS = {
    Review: {"uphold": "upheld", "vary": "varied", "grant": "granted"},
    Repair: {"grant": "granted", "refuse": "refused"},
}
MOVES = [
    (model, status, verb)
    for model, verbs in ENDS.items()
    for status, verb in product(model.Status, verbs)
]


@pytest.mark.parametrize(("model", "status", "verb"), MOVES)
def test_only_what_is_filed_is_decided_and_once(model, status, verb):
    row = model(status=status)
    move = getattr(row, verb)
    given = {**SAID, "months": 3} if verb == "vary" else SAID

    if status == "filed":
        move(**given)
        assert (row.status, row.number, row.is_pending) == (ENDS[model][verb], "D1", False)
    else:
        with pytest.raises(TransitionNotAllowed):
            move(**given)
