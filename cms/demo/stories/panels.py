"""How the experts who were drawn for an order answer, and score its plans."""

from __future__ import annotations

from bidding.actions.panels import accept_seat, decline_seat, submit_sheet
from cms.demo.engine import Story
from cms.demo.reading import blank_sheet, seats_of
from cms.demo.script import Round
from cms.demo.world import Row, World

LEAST, MOST = 62, 96
BEGINS, APART = 0.6, 0.08
"""When on the day of the opening the first sheet comes, and how far apart the others."""


def panel_scores(world: World, plan: Round, tender: Row, day: int) -> Story:
    """Let one give way where the script says so, the others accept, and all of them score."""
    if plan.vacated:
        yield (at := world.at(day, 0.4, plan.key))
        seat = seats_of(tender)[0]
        decline_seat(seat=seat, reasons=plan.vacated, by=seat.expert.user, at=at)
    yield (at := world.at(day, 0.5, plan.key))
    for seat in seats_of(tender):
        accept_seat(seat=seat, is_free=True, by=seat.expert.user, at=at)
    comments = world.chance.shuffled(world.text("paper", "sheets"), "comments", plan.key)
    for turn, seat in enumerate(seats_of(tender)):
        yield (at := world.at(day, BEGINS + turn * APART, plan.key))
        if seat.expert.user.username != plan.waits_for:
            submit_sheet(
                seat=seat,
                points=_points(world, plan, tender, seat),
                comment=comments[turn % len(comments)],
                by=seat.expert.user,
                at=at,
            )


def _points(world: World, plan: Round, tender: Row, seat: Row) -> dict[str, list[int]]:
    who = seat.expert.user.username
    return {
        uscc: [world.chance.between(LEAST, MOST, plan.key, who, uscc, n) for n in range(count)]
        for uscc, count in blank_sheet(tender).items()
    }
