"""What the sheets of a panel come to, once all of them are in and every cost is settled."""

from __future__ import annotations

from datetime import datetime

from bidding.actions.choices import chosen
from bidding.guards.choices import candidates_of, tender_awaits_a_choice
from bidding.guards.explanations import costs_are_settled
from bidding.models import Choice, PanelDraw, PanelSeat, Selection, Tender
from bidding.selection.panel import SCORED, Seat
from bidding.selection.scoring import Sheet, published
from marketplace.kernel.canonical import canonical_json


def decide_by_sheets(tender: Tender, at: datetime) -> Choice | None:
    """
    Add up the sheets of a locked order and publish all of it, when nothing is waited for any more.

    That is as many sheets as sit on the panel, and no low quote whose cost is still asked. The best
    wins whose quote counts; the document holds the sheets of all.
    """
    draw = PanelDraw.objects.filter(tender=tender, round=tender.selection_round).first()
    if draw is None or not tender_awaits_a_choice(tender).holds or tender.choice is not None:
        return None
    seats = list(PanelSeat.objects.of_round(tender))
    scored = [seat for seat in seats if seat.status == PanelSeat.Status.SCORED]
    if len(scored) < draw.content["seats"] or not costs_are_settled(tender).holds:
        return None
    document = published(
        Selection.objects.current().get(tender=tender).content,
        [Sheet(by=one.expert.name, points=one.points, comment=one.comment) for one in scored],
        draw.content,
        [_told(seat) for seat in seats],
    )
    counting = candidates_of(tender)
    best = next(one["uscc"] for one in document["scores"] if one["uscc"] in counting)
    return chosen(tender, best, "", by=None, at=at, scores=canonical_json(document).decode())


def _told(seat: PanelSeat) -> Seat:
    """Return what is published of a seat: the name of those alone who have scored."""
    name = seat.expert.name if seat.status == SCORED else ""
    return Seat(code=seat.expert.slug, fate=seat.status, name=name)
