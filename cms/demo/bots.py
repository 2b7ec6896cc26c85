"""The bidders of the demo who quote by themselves while a hall is open, so that it is watched."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from bidding.actions.quotes import Attempt, place_quote
from cms.demo.chance import Chance
from cms.demo.reading import open_halls, somebody_of, standing_in
from cms.demo.script import script
from cms.demo.stories.halls import SHORTEST, next_move
from cms.demo.world import Row
from marketplace.kernel.verdicts import Refused

MOST_QUOTES = 24
"""Then the bots leave the hall to people, and the countdown to itself."""
LONGEST_WAIT = 40
CHANCE = Chance("bots")


def bots_quote(at: datetime) -> int:
    """Let a bot quote in each open hall where it is time; return how many did."""
    return sum(_quote(tender, at) for tender in open_halls())


def is_a_persons(agency: Row) -> bool:
    """Tell whether a reader of the demo may act for an agency, which no bot then does."""
    listed = {one.login for group in script().readers for one in group.accounts}
    return somebody_of(agency).username in listed


def _quote(tender: Row, at: datetime) -> bool:
    standing = standing_in(tender)
    labels = (tender.code, standing.count)
    wait = CHANCE.between(SHORTEST, LONGEST_WAIT, "wait", *labels)
    if standing.count >= MOST_QUOTES or at < standing.moved_at + timedelta(seconds=wait):
        return False
    left = replace(standing, agencies=[one for one in standing.agencies if not is_a_persons(one)])
    move = next_move(left, labels, CHANCE.number)
    if move is None:
        return False
    by = somebody_of(move.agency)
    key = UUID(bytes=CHANCE.digest("key", *labels)[:16])
    try:
        place_quote(
            tender=tender,
            agency=move.agency,
            attempt=Attempt(amount=move.amount, key=key, by=by),
            clock=lambda: at,
        )
    except Refused:  # somebody was faster
        return False
    return True
