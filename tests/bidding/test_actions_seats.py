"""Seats are offered and taken back with their deadlines, and only their expert is told."""

from __future__ import annotations

import pytest

from bidding.actions.seats import release_seats
from bidding.models import PanelSeat
from marketplace.models import Message
from tests.factories.experts import ACCEPTED_AT, SHEET_DUE, accepted, scored, seated_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_those_who_have_not_scored_are_let_go_and_nothing_is_waited_for() -> None:
    tender = seated_order()
    first, second, third, *_others = PanelSeat.objects.of_round(tender)
    scored(first)
    assert accepted(second).sheet_due_at == SHEET_DUE

    release_seats(tender, ACCEPTED_AT)

    states = list(PanelSeat.objects.of_round(tender).values_list("status", flat=True))
    assert states == ["scored", *["released"] * 4]
    for seat in (second, third):
        assert seat.deadlines.filter(stopped_at__isnull=True).count() == 0
    told = Message.objects.filter(kind="bidding/panel_released").values_list("user", flat=True)
    assert first.expert.user_id not in set(told)
    assert len(set(told)) == 4
