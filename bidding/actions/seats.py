"""Offer seats on a panel, and let those go whose order has ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bidding import links
from bidding.actions.deadlines import ANSWER
from bidding.models import Expert, PanelSeat, Tender
from marketplace.actions.messages import notify_person
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.models import User

WAITING = (PanelSeat.Status.INVITED, PanelSeat.Status.ACCEPTED)


def offer_seat(
    tender: Tender, number: int, expert: Expert, at: datetime, *, is_told: bool = True
) -> PanelSeat:
    """
    Offer the seat with a place in the draw of a locked order, and let the time to answer run.

    Who has left the pool is not told: the seat is given to the next at once.
    """
    seat = PanelSeat.objects.create(
        tender=tender,
        round=tender.selection_round,
        number=number,
        expert=expert,
        invited_at=at,
    )
    deadlines.start(ANSWER, seat, at)
    record(by=None, verb="panel.invited", target=seat, at=at, is_sealed=True, number=number)
    if is_told:
        tell_expert(seat, "bidding/panel_invited", at)
    return seat


def tell_expert(seat: PanelSeat, kind: str, at: datetime) -> None:
    """Tell who has a seat; nobody else learns of it."""
    notify_person(
        user=seat.expert.user,
        organization=seat.expert.office,
        kind=kind,
        at=at,
        url=links.to_seat(seat),
        tender=seat.tender,
        seat=seat,
    )


def vacate_seat(
    seat: PanelSeat, at: datetime, move: str, *, by: User | None = None, **given: Any
) -> None:
    """Empty a locked seat by the move of that name."""
    before = seat.status
    getattr(seat, move)(at=at, **given)
    seat.save()
    deadlines.stop_all(seat, at)
    record(
        by=by,
        verb=f"panel.{seat.status}",
        target=seat,
        at=at,
        is_sealed=True,
        before=before,
        **given,
    )


def release_seats(tender: Tender, at: datetime) -> None:
    """Let the experts go who have not scored when a locked order ends."""
    for seat in PanelSeat.objects.of_round(tender).filter(status__in=WAITING):
        before = seat.status
        seat.release(at=at)
        seat.save()
        deadlines.stop_all(seat, at)
        record(by=None, verb="panel.released", target=seat, at=at, is_sealed=True, before=before)
        tell_expert(seat, "bidding/panel_released", at)
