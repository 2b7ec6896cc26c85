"""What the agencies of the story offer. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from cms.demo.chance import Chance

LOWEST_PERCENT, HIGHEST_PERCENT = 74, 97
STEPS = (500, 200, 100, 50, 10)
COARSEST = 400


def offers(
    bidders: Sequence[str],
    ceiling: int,
    *,
    tied: int,
    chance: Chance,
    order: str,
    low: int = 0,
) -> Mapping[str, Decimal]:
    """
    Return an amount for each of `bidders`: rising in their order, the first `tied` equal.

    Where `low` is given, the first offers that percent of the ceiling. Amounts are at most
    `ceiling`, rounded as people round, and differ unless they are tied.
    """
    found: dict[str, Decimal] = {}
    for place, bidder in enumerate(bidders):
        if place == 0 and low:
            found[bidder] = Decimal(ceiling * low // 100)
        elif 0 < place < tied:
            found[bidder] = found[bidders[0]]
        else:
            found[bidder] = _offer(bidder, place, len(bidders), ceiling, chance, order)
    return found


def _offer(
    bidder: str, place: int, count: int, ceiling: int, chance: Chance, order: str
) -> Decimal:
    """Return an amount in the `place`-th of `count` bands that do not touch."""
    width = (HIGHEST_PERCENT - LOWEST_PERCENT) / count
    permille = chance.between(0, 800, "price", order, bidder)
    percent = LOWEST_PERCENT + (place + permille / 1000) * width
    fine = [step for step in STEPS if step * COARSEST <= ceiling] or [1]
    step = chance.one_of(fine, "step", order, bidder)
    return Decimal(int(ceiling * percent / 100) // step * step)
