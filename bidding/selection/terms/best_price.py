"""Best price: the offer nearest to a drawn share of the mean, the outer ones aside. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Self

from bidding.selection.draw import (
    CENT,
    Place,
    Ranking,
    below,
    exact,
    money,
    require_entrants,
    ticket,
)
from bidding.selection.shapes import MONEY
from bidding.selection.terms.base import Bounds, Json, MethodTerms, read_money, written_money

WHOLE = 100
RATES = range(1, WHOLE + 1)
TRIMMED = range(3, 1000)
"""Of fewer than three nothing would be left; more than the evidence can list are never there."""


@dataclass(frozen=True, kw_only=True)
class BestPriceTerms(MethodTerms):
    """
    `least_rate` and `most_rate` are whole percents of the mean, one of which is drawn.

    From `trim_from` offers on the highest and the lowest are set aside: they count neither for the
    mean nor for the places.
    """

    name = "best_price"
    form = {
        "ceiling": (None, MONEY),
        "floor": (None, MONEY),
        "least_rate": RATES,
        "most_rate": RATES,
        "trim_from": TRIMMED,
    }
    reckons = True

    ceiling: Decimal | None
    floor: Decimal | None = None
    least_rate: int
    most_rate: int
    trim_from: int

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        limits = {name: read_money(content[name]) for name in ("ceiling", "floor")}
        return cls(**{**content, **limits})

    def as_json(self) -> dict[str, Json]:
        return {
            "ceiling": written_money(self.ceiling),
            "floor": written_money(self.floor),
            "least_rate": self.least_rate,
            "most_rate": self.most_rate,
            "trim_from": self.trim_from,
        }

    def rank(self, offers: Mapping[str, Decimal], seed: bytes, context: bytes) -> Ranking:
        """
        Rank by the distance from the reference, equal distances by lot.

        The reference is the mean of what is not set aside, times the drawn percent, half a cent
        rounded up. Of several highest, or lowest, offers the one with the last lot is set aside.
        """
        require_entrants(offers)
        amounts = {entrant: exact(amount) for entrant, amount in offers.items()}
        lots = {entrant: ticket(entrant, seed, context) for entrant in amounts}
        aside = self._aside(amounts, lots)
        kept = {entrant: amounts[entrant] for entrant in amounts if entrant not in aside}
        rate = self._rate(seed, context)
        total = sum(kept.values(), Decimal(0))
        reference = half_up(Fraction(total) * rate / (WHOLE * len(kept)))
        far = {entrant: abs(amount - reference) for entrant, amount in kept.items()}
        times = Counter(far.values())
        places = [Place(one, kept[one], lots[one], times[far[one]] > 1) for one in kept]
        return Ranking(
            tuple(sorted(places, key=lambda place: (far[place.entrant], place.ticket))),
            reckoning={
                "set_aside": list(aside),
                "count": len(kept),
                "total": money(total),
                "rate": rate,
                "reference": money(reference),
            },
        )

    def bounds(self) -> Bounds:
        return self.floor, self.ceiling

    def _aside(self, amounts: Mapping[str, Decimal], lots: Mapping[str, str]) -> tuple[str, ...]:
        """Return the highest and the lowest offer where there are enough to set them aside."""
        if len(amounts) < self.trim_from:
            return ()
        highest = max(amounts, key=lambda one: (amounts[one], lots[one]))
        rest = [one for one in amounts if one != highest]
        return highest, max(rest, key=lambda one: (-amounts[one], lots[one]))

    def _rate(self, seed: bytes, context: bytes) -> int:
        least, most = sorted((self.least_rate, self.most_rate))  # a forged file may turn them round
        choices = range(least, most + 1)
        return choices[below(len(choices), "rate", seed, context)]


def half_up(value: Fraction) -> Decimal:
    """Return `value`, which is not negative, to the cent, half a cent rounded up."""
    return CENT * int(value / Fraction(CENT) + Fraction(1, 2))
