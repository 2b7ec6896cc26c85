"""Direct: one agency is named, and nobody else may answer. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from bidding.selection.draw import Ranking, lowest_price
from bidding.selection.shapes import MONEY, USCC
from bidding.selection.terms.base import Bounds, Json, MethodTerms, read_money, written_money


class NotOneEntrant(ValueError):
    """A direct order has exactly one agency."""


@dataclass(frozen=True, kw_only=True)
class DirectTerms(MethodTerms):
    """`named_agency` is a credit code."""

    name = "direct"
    form = {"ceiling": (None, MONEY), "named_agency": USCC}
    settles_on_entry = True

    ceiling: Decimal | None
    named_agency: str

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        return cls(ceiling=read_money(content["ceiling"]), named_agency=content["named_agency"])

    def as_json(self) -> dict[str, Json]:
        return {"ceiling": written_money(self.ceiling), "named_agency": self.named_agency}

    def rank(self, offers: Mapping[str, Decimal], seed: bytes, context: bytes) -> Ranking:
        """
        Rank the one agency that is named.

        Raises:
            NotOneEntrant: there are others.
            NoEntrants: it has not answered.
            AmountNotExact: its amount has no exact form in yuan and cents.
        """
        if len(offers) > 1:
            raise NotOneEntrant(len(offers))
        return lowest_price(offers, seed, context)

    def bounds(self) -> Bounds:
        return None, self.ceiling

    def answering(self) -> str | None:
        return self.named_agency
