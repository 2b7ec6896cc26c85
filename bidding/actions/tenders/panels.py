"""The panel of an order scored by experts: frozen pool, draw out of it, and seats in its order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bidding.actions.seats import offer_seat, vacate_seat
from bidding.actions.tenders.endings import fail_tender
from bidding.guards.experts import left_out_of, panel_can_be_seated, pool_of
from bidding.models import (
    Expert,
    ExpertPool,
    PanelDraw,
    PanelFailure,
    PanelSeat,
    Selection,
    Tender,
)
from bidding.rulebook import rules_for
from bidding.rules.methods import PANEL_SEATS
from bidding.selection.panel import drawn, pool_hash
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.kernel.canonical import canonical_json
from marketplace.kernel.verdicts import Verdict
from marketplace.models import Organization
from marketplace.ties import limits_of


def freeze_pool(tender: Tender, at: datetime) -> ExpertPool:
    """
    Fix who may be drawn for the round of a locked order, before anybody knows what decides it.

    Only the hash is public. Whoever comes into the pool later is not in it, and whoever leaves it
    is left out at the draw, with that reason.
    """
    codes = list(pool_of(tender, at).values_list("slug", flat=True))
    frozen = ExpertPool.objects.create(
        tender=tender,
        round=tender.selection_round,
        codes=codes,
        sha256=pool_hash(tender.reference, tender.selection_round, codes),
        frozen_at=at,
    )
    record(by=None, verb="panel.pool_frozen", target=tender, at=at, pool=frozen.sha256)
    return frozen


@dataclass(frozen=True)
class Drawable:
    """The frozen pool of a round, who of it is left out and why, and whether the rest suffice."""

    pool: Sequence[str]
    left_out: Mapping[str, str]
    enough: Verdict


def drawable(tender: Tender, bidders: Sequence[Organization], at: datetime) -> Drawable:
    """Return who may be drawn once it is known who bids; nothing of the bids is opened for it."""
    rules = rules_for(tender, at)
    pool = ExpertPool.objects.get(tender=tender, round=tender.selection_round)
    experts = Expert.objects.filter(slug__in=pool.codes).prefetch_related("ties").order_by("pk")
    left_out = left_out_of(tender, list(experts), bidders, limits_of(rules), at)
    available = len(pool.codes) - len(left_out)
    return Drawable(pool.codes, left_out, panel_can_be_seated(available, rules[PANEL_SEATS]))


def draw_panel(tender: Tender, found: Drawable, selection: Selection, at: datetime) -> PanelDraw:
    """Draw the order in which seats are offered, by the entropy of the opening, and offer them."""
    content = drawn(
        order=tender.reference,
        number=tender.selection_round,
        seats=selection.content["terms"]["method"]["seats"],
        pool=found.pool,
        left_out=found.left_out,
        entropy=selection.content["entropy"],
    )
    draw = PanelDraw.objects.create(
        tender=tender,
        round=tender.selection_round,
        evidence=canonical_json(content).decode(),
        drawn_at=at,
    )
    record(by=None, verb="panel.drawn", target=tender, at=at, seats=content["seats"])
    fill_seats(tender, at)
    return draw


def fill_seats(tender: Tender, at: datetime) -> None:
    """
    Offer every empty seat of a locked order to the next in the draw.

    Who has left the pool since is passed over, which the published draw says. Where nobody is left
    the order fails.
    """
    draw = PanelDraw.objects.get(tender=tender, round=tender.selection_round)
    offered = PanelSeat.objects.of_round(tender)
    waiting = draw.content["order"][offered.count() :]
    empty = draw.content["seats"] - offered.sitting().count()
    for number, code in enumerate(waiting, start=offered.count() + 1):
        if not empty:
            return
        expert = Expert.objects.get(slug=code)
        serves = expert.serves_on(day_of(at))
        seat = offer_seat(tender, number, expert, at, is_told=serves)
        if serves:
            empty -= 1
        else:
            vacate_seat(seat, at, "bar", reasons=expert.get_status_display())
    if empty:
        fail_for_want_of_experts(tender, at)


def fail_for_want_of_experts(tender: Tender, at: datetime) -> None:
    """Let an order fail that no panel can score; what follows is said by the outcome table."""
    seats = rules_for(tender, at)[PANEL_SEATS]
    note_no_panel(tender, at)
    fail_tender(tender, reasons=panel_can_be_seated(0, seats).refusal, by=None, at=at)


def note_no_panel(tender: Tender, at: datetime) -> None:
    """Keep that a round ended for want of experts, so that the next may use another method."""
    PanelFailure.objects.create(tender=tender, round=tender.selection_round, failed_at=at)
