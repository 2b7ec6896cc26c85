"""Plan and price: all that stand are listed, and the owner scores their plans. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from bidding.selection.draw import Ranking, lowest_price
from bidding.selection.shapes import MONEY, SHA256, TEXT, Form
from bidding.selection.terms.base import Bounds, Json, MethodTerms, read_money, written_money

SHARES = range(101)
CRITERION: Mapping[str, Form] = {"name": TEXT, "weight": range(1, 101)}


@dataclass(frozen=True, kw_only=True)
class ScoredTerms(MethodTerms):
    """
    What methods have in common whose bids carry a plan that is scored after the opening.

    `price_weight` and the weights of `criteria` are whole percents that sum to 100.
    """

    entrant = {"plan": SHA256}
    leaves_choice = True
    is_scored: ClassVar[bool] = True

    ceiling: Decimal | None
    floor: Decimal | None = None
    price_weight: int
    criteria: tuple[tuple[str, int], ...]

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        limits = {name: read_money(content[name]) for name in ("ceiling", "floor")}
        criteria = tuple((one["name"], one["weight"]) for one in content["criteria"])
        return cls(**{**content, **limits, "criteria": criteria})

    def as_json(self) -> dict[str, Json]:
        return {
            "ceiling": written_money(self.ceiling),
            "floor": written_money(self.floor),
            "price_weight": self.price_weight,
            "criteria": [{"name": name, "weight": weight} for name, weight in self.criteria],
        }

    def rank(self, offers: Mapping[str, Decimal], seed: bytes, context: bytes) -> Ranking:
        """List by amount, equal ones by lot; who is chosen is for the scores to say."""
        return lowest_price(offers, seed, context)

    def bounds(self) -> Bounds:
        return self.floor, self.ceiling


@dataclass(frozen=True, kw_only=True)
class PlanPriceTerms(ScoredTerms):
    """The owner alone scores, by the template that the notice stated."""

    name = "plan_price"
    form = {
        "ceiling": (None, MONEY),
        "floor": (None, MONEY),
        "price_weight": SHARES,
        "criteria": [CRITERION],
    }
