"""Credit shortlist: the better records to a long list, a weighted draw to a short one. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from bidding.rules.methods import LISTED
from bidding.selection.draw import Place, Ranking, exact, require_entrants, ticket, weighted_draw
from bidding.selection.shapes import MONEY
from bidding.selection.terms.base import Bounds, Json, MethodTerms, read_money, written_money

WEIGHTS = range(101)
"""What the record of a bidder may give it: `credit.preference` of the rulebook."""


@dataclass(frozen=True, kw_only=True)
class ShortlistTerms(MethodTerms):
    """
    `long_most` go to the long list, the greatest weights first, `short_most` of them are drawn.

    One whose record gives it no weight is on neither list. The buyer chooses from the short list.
    """

    name = "shortlist"
    form = {
        "ceiling": (None, MONEY),
        "floor": (None, MONEY),
        "long_most": LISTED,
        "short_most": LISTED,
    }
    reckons = True
    entrant = {"weight": WEIGHTS}
    leaves_choice = True

    ceiling: Decimal | None
    floor: Decimal | None = None
    long_most: int
    short_most: int

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        limits = {name: read_money(content[name]) for name in ("ceiling", "floor")}
        return cls(**{**content, **limits})

    def as_json(self) -> dict[str, Json]:
        return {
            "ceiling": written_money(self.ceiling),
            "floor": written_money(self.floor),
            "long_most": self.long_most,
            "short_most": self.short_most,
        }

    def rank(self, offers: Mapping[str, Decimal], seed: bytes, context: bytes) -> Ranking:
        """Rank where no record is better than another."""
        return self.rank_weighed(offers, dict.fromkeys(offers, 1), seed, context)

    def rank_weighed(
        self, offers: Mapping[str, Decimal], weights: Mapping[str, int], seed: bytes, context: bytes
    ) -> Ranking:
        """
        Return the short list as it was drawn; equal weights at the end of the long list by lot.

        Who is drawn first has no more right than who is drawn last. Where all of the long list fit
        into the short one nothing is drawn, and the greater weight stands first.
        """
        require_entrants(offers)
        lots = {one: ticket(one, seed, context) for one in offers}
        listed = self._long(weights, lots)
        is_drawn = len(listed) > self.short_most
        shares = {one: weights[one] for one in listed}
        chosen = weighted_draw(shares, self.short_most, seed, context) if is_drawn else listed
        return Ranking(
            tuple(Place(one, exact(offers[one]), lots[one], is_drawn) for one in chosen),
            reckoning={"long_list": [[one, weights[one]] for one in listed]},
        )

    def bounds(self) -> Bounds:
        return self.floor, self.ceiling

    def _long(self, weights: Mapping[str, int], lots: Mapping[str, str]) -> tuple[str, ...]:
        """Return who is on the long list, the greatest weight first."""
        weighty = [one for one in lots if weights[one] > 0]
        by_weight = sorted(weighty, key=lambda one: (-weights[one], lots[one]))
        return tuple(by_weight[: self.long_most])
