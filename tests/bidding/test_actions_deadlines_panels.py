"""An expert has a working day to answer and three to score, and the schedule goes on after that."""

from __future__ import annotations

import pytest

from bidding.models import PanelSeat
from marketplace.kernel.due import run_due
from tests.factories.bidding import GRACE
from tests.factories.experts import ANSWER_DUE, SHEET_DUE, accepted, seated_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def states(tender) -> list[str]:
    return list(PanelSeat.objects.of_round(tender).values_list("status", flat=True))


def test_the_schedule_gives_the_seats_of_the_silent_to_the_next() -> None:
    tender = seated_order(experts=11)
    first, *_others = PanelSeat.objects.of_round(tender)
    first = accepted(first)
    assert (first.answer_due_at, first.sheet_due_at) == (ANSWER_DUE, SHEET_DUE)

    assert "panel.answer" not in run_due(ANSWER_DUE)
    done = run_due(ANSWER_DUE + GRACE)

    assert done["panel.answer"] == 4
    assert states(tender) == ["accepted", *["lapsed"] * 4, *["invited"] * 4]
    assert PanelSeat.objects.of_round(tender)[5].invited_at == ANSWER_DUE


def test_what_stands_still_lapses_not() -> None:
    tender = seated_order()
    for seat in PanelSeat.objects.of_round(tender):
        seat.deadlines.update(suspended_at=ANSWER_DUE, suspended_by="matter", next_at=None)

    assert "panel.answer" not in run_due(ANSWER_DUE + GRACE)
    assert states(tender) == ["invited"] * 5
