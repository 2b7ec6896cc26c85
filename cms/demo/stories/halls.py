"""What happens in the hall of an order: it opens, they quote in turn, it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Protocol
from uuid import UUID

from bidding.actions.quotes import Attempt, place_quote
from bidding.actions.tenders import evaluate_tender, open_hall
from cms.demo.engine import Scene
from cms.demo.reading import Standing, awaits_hall, end_of_hall, standing_in
from cms.demo.script import Round
from cms.demo.world import Row, World

SHORTEST, LONGEST = 12, 95
"""Seconds between one quote and the next."""


def hall_is_held(world: World, plan: Round, tender: Row) -> Scene:
    """Open the hall, let those who signed up go down for a while, and end it."""
    yield (at := tender.opening_at)
    if awaits_hall(tender):  # unless the schedule has opened it, as the first thing of the day
        open_hall(tender=tender, at=at)
    chance, key = world.chance, plan.key
    for turn in range(plan.quotes):
        standing = standing_in(tender)
        move = next_move(standing, (key, turn), chance.number)
        at += timedelta(seconds=chance.between(SHORTEST, LONGEST, "wait", key, turn))
        if move is None or at >= standing.ends_at:
            break
        yield at
        place_quote(
            tender=tender,
            agency=move.agency,
            attempt=Attempt(
                amount=move.amount,
                key=UUID(bytes=chance.digest("quote", key, turn)[:16]),
                by=world.agent(world.key_of(move.agency)),
            ),
            clock=partial(same, at),
        )
    yield (at := end_of_hall(tender))
    evaluate_tender(tender=tender, at=at)


def same(moment: datetime) -> datetime:
    """Return the moment that the story is at: its clock stands while somebody acts."""
    return moment


class Number(Protocol):
    """Chooses a number below the first argument by the labels that follow."""

    def __call__(self, below: int, *labels: object) -> int: ...


@dataclass(frozen=True)
class Move:
    """Who quotes next, and what."""

    agency: Row
    amount: Decimal


def next_move(standing: Standing, labels: tuple[object, ...], number: Number) -> Move | None:
    """Return a quote of somebody who does not lead, or None when nobody can go lower."""
    asked = [agency for agency in standing.agencies if agency.pk not in standing.leading]
    if not standing.amounts or not asked:
        return None
    agency = asked[number(len(asked), "who", *labels)]
    return Move(agency, standing.amounts[number(len(standing.amounts), "deeper", *labels)])
