"""Sealed lowest price: the cheapest offer within the bounds, equal ones by the draw. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from bidding.selection.draw import Ranking, lowest_price
from bidding.selection.shapes import MONEY
from bidding.selection.terms.base import Bounds, Json, MethodTerms, read_money, written_money


@dataclass(frozen=True, kw_only=True)
class LowestTerms(MethodTerms):
    """`ceiling` is None where the price is not estimated."""

    name = "lowest"
    form = {"ceiling": (None, MONEY), "floor": (None, MONEY)}

    ceiling: Decimal | None
    floor: Decimal | None = None

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        return cls(ceiling=read_money(content["ceiling"]), floor=read_money(content["floor"]))

    def as_json(self) -> dict[str, Json]:
        return {"ceiling": written_money(self.ceiling), "floor": written_money(self.floor)}

    def rank(self, offers: Mapping[str, Decimal], seed: bytes, context: bytes) -> Ranking:
        return lowest_price(offers, seed, context)

    def bounds(self) -> Bounds:
        return self.floor, self.ceiling
