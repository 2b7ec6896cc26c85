"""How far a panel is: to its expert all of the own seat, to others a number."""

from __future__ import annotations

import pytest

from bidding.actions.panels import decline_seat
from bidding.models import PanelSeat
from bidding.pages.panels import (
    desk_of,
    officer_seats,
    own_seat,
    panel_texts,
    seats_waiting_for,
)
from marketplace.parties import Party
from tests.factories.bidding import TenderFactory
from tests.factories.experts import ACCEPTED_AT, accepted, scored, seated_order
from tests.factories.marketplace import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def as_expert(seat: PanelSeat) -> Party:
    return Party(seat.expert.user, seat.expert.office, frozenset({Role.EXPERT}))


def test_plans_are_shown_once_the_seat_is_taken_and_a_sheet_while_it_is_open() -> None:
    tender = seated_order()
    seat = PanelSeat.objects.of_round(tender)[0]

    invited = desk_of(seat, ACCEPTED_AT, {})
    taken = desk_of(accepted(seat), ACCEPTED_AT, {})
    done = desk_of(scored(PanelSeat.objects.of_round(tender)[1]), ACCEPTED_AT, {})

    assert (len(invited.plans), invited.sheet) == (0, None)
    assert len(invited.bidders) == len(taken.plans) == 2
    assert taken.sheet is not None
    assert done.sheet is None
    assert [points for _bidder, points in done.given] == [[("技术路线", 80), ("人员配备", 80)]] * 2
    assert done.answer is None


def test_others_read_how_many_and_never_who() -> None:
    tender = seated_order()
    first, second, *_others = PanelSeat.objects.of_round(tender)
    decline_seat(seat=first, reasons="出差。", by=first.expert.user, at=ACCEPTED_AT)
    scored(second)

    texts = [str(text) for text in panel_texts(tender)]
    seats = officer_seats(tender)

    assert texts == [
        "抽取的 5 名专家正在评分，已提交 1 份，姓名随结果公布。",
        "已按抽取顺序递补 1 次。",
    ]
    assert [seat.number for seat in seats] == [1, 2, 3, 4, 5, 6]
    assert [bool(seat.url) for seat in seats] == [False, *[True] * 5]
    assert first.expert.name not in f"{texts}{seats}"
    assert officer_seats(TenderFactory(active=True)) == []


def test_an_expert_has_the_own_seat_alone_and_is_reminded_of_it() -> None:
    tender = seated_order()
    first, second, *_others = PanelSeat.objects.of_round(tender)

    assert own_seat(as_expert(first), tender) == first
    assert own_seat(None, tender) is None
    [(seat, _title, rule)] = seats_waiting_for(as_expert(second))
    assert (seat, rule) == (second, "experts.answer")
