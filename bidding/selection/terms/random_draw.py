"""Random draw: one of all who take the published price, by lot. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from bidding.selection.draw import Place, Ranking, exact, money, require_entrants, ticket
from bidding.selection.shapes import MONEY
from bidding.selection.terms.base import Bounds, Json, MethodTerms


@dataclass(frozen=True, kw_only=True)
class RandomTerms(MethodTerms):
    """`price` is what the buyer pays, whoever is drawn."""

    name = "random"
    form = {"price": MONEY}

    price: Decimal

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        return cls(price=Decimal(content["price"]))

    def as_json(self) -> dict[str, Json]:
        return {"price": money(self.price)}

    def rank(self, offers: Mapping[str, Decimal], seed: bytes, context: bytes) -> Ranking:
        require_entrants(offers)
        places = [
            Place(one, exact(amount), ticket(one, seed, context), len(offers) > 1)
            for one, amount in offers.items()
        ]
        return Ranking(tuple(sorted(places, key=lambda place: place.ticket)))

    def bounds(self) -> Bounds:
        return self.price, self.price
