"""Who was drawn answers and scores in turn, but for who gives way and who is waited for."""

from __future__ import annotations

import pytest

from bidding.models import PanelSeat, Tender
from cms.demo.script import Round
from cms.demo.stories.panels import panel_scores
from tests.cms.stage import act, stage
from tests.factories.experts import seated_order

pytestmark = pytest.mark.django_db
DAY = 3
"""The working day of the factory's opening, counted from NOON's."""


def test_one_gives_way_the_next_sits_and_the_panel_waits_for_who_has_not_scored() -> None:
    world = stage()
    tender = seated_order()
    _first, *others = PanelSeat.objects.of_round(tender)
    late = others[0].expert.user.username
    plan = Round(key="scored", published=0, vacated="另有公务。", waits_for=late)

    moments = act(panel_scores(world, plan, tender, DAY))

    seats = list(PanelSeat.objects.of_round(tender).order_by("number"))
    assert (seats[0].status, seats[0].reasons) == ("declined", "另有公务。")
    assert [seat.status for seat in seats[1:]] == ["accepted", *["scored"] * 4]
    assert len(seats) == len(others) + 2
    assert moments == sorted(moments)
    assert Tender.objects.get().choice is None


def test_with_the_last_sheet_the_order_is_decided() -> None:
    world = stage()
    tender = seated_order()

    act(panel_scores(world, Round(key="scored", published=0), tender, DAY))

    seats = PanelSeat.objects.all()
    assert {seat.status for seat in seats} == {"scored"}
    assert len({seat.comment for seat in seats}) == 5
    assert Tender.objects.get().choice is not None
