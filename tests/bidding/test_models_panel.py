"""How a seat on a panel moves, and what the database itself refuses."""

from __future__ import annotations

from itertools import product

import pytest
from django_fsm import TransitionNotAllowed

from bidding.models import ExpertPool, PanelSeat
from marketplace.kernel.models.append_only import AppendOnlyError
from tests.bidding.refusals import is_refused
from tests.clock import NOON
from tests.factories.experts import SeatFactory, seated_order

GIVEN = {"decline": {"reasons": "出差"}, "bar": {"reasons": "亲属"}}
ALLOWED = {
    ("invited", "accept"): "accepted",
    ("accepted", "submit"): "scored",
    **{(state, "decline"): "declined" for state in ("invited", "accepted")},
    **{(state, "lapse"): "lapsed" for state in ("invited", "accepted")},
    **{(state, "release"): "released" for state in ("invited", "accepted")},
    **{(state, "bar"): "barred" for state in ("invited", "accepted", "scored")},
}
VERBS = sorted({verb for _state, verb in ALLOWED})


@pytest.mark.parametrize(("status", "verb"), [*product(PanelSeat.Status.values, VERBS)])
def test_a_seat_moves_only_as_the_table_says(status: str, verb: str) -> None:
    seat = PanelSeat(status=status)
    move = getattr(seat, verb)
    given = {"at": NOON, **GIVEN.get(verb, {})}

    if target := ALLOWED.get((status, verb)):
        move(**given)
        assert seat.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            move(**given)
        assert seat.status == status


@pytest.mark.django_db
def test_the_database_refuses_a_score_without_a_sheet_and_a_seat_given_up_without_a_time() -> None:
    seat = SeatFactory(accepted=True)

    assert is_refused(seat, status="scored")
    assert is_refused(seat, status="declined")
    assert not is_refused(seat, status="declined", ended_at=NOON)


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_a_frozen_pool_is_written_once() -> None:
    seated_order()
    pool = ExpertPool.objects.get()

    with pytest.raises(AppendOnlyError):
        pool.save()
    with pytest.raises(AppendOnlyError):
        pool.delete()
