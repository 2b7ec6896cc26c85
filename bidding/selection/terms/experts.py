"""Scored by experts: all that stand are listed, and a drawn panel scores their plans. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from bidding.selection.shapes import MONEY, Form
from bidding.selection.terms.base import Json
from bidding.selection.terms.plan_price import CRITERION, SHARES, ScoredTerms
from bidding.selection.terms.shortlist import WEIGHTS

SEATS = range(3, 10, 2)
"""How many may sit on a panel, an odd number."""


@dataclass(frozen=True, kw_only=True)
class ExpertsTerms(ScoredTerms):
    """
    `seats` experts score by the template that the notice stated; records count beside the price.

    `drops_outer` leaves the highest and the lowest of each criterion out of its mean.
    """

    name = "experts"
    form: ClassVar[Mapping[str, Form]] = {
        "ceiling": (None, MONEY),
        "floor": (None, MONEY),
        "price_weight": SHARES,
        "record_weight": SHARES,
        "criteria": [CRITERION],
        "seats": SEATS,
        "drops_outer": (True, False),
    }
    entrant = {**ScoredTerms.entrant, "weight": WEIGHTS}
    is_by_panel = True

    record_weight: int = 0
    seats: int
    drops_outer: bool = False

    def as_json(self) -> dict[str, Json]:
        return {
            **super().as_json(),
            "record_weight": self.record_weight,
            "seats": self.seats,
            "drops_outer": self.drops_outer,
        }
