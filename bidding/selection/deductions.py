"""
What the quotes of small enterprises are compared at, while what is paid stays the quote. Pure.

Where the law lets a buyer prefer them, their prices are lowered by whole percents before they are
ranked or scored. What is left is exact to a hundredth of a cent.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from bidding.selection.draw import Ranking

WHOLE = 100
PERCENTS = range(1, WHOLE)


def compared_at(
    offers: Mapping[str, Decimal], small: Collection[str], percent: int
) -> dict[str, Decimal]:
    """Return at what each offer is compared: those of `small` bidders lowered by `percent`."""
    left = {one: WHOLE - percent if one in small else WHOLE for one in offers}
    return {one: amount * left[one] / WHOLE for one, amount in offers.items()}


def by_order(compared: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return whole numbers that stand to each other as the prices do, equal where those are."""
    places = {price: Decimal(place) for place, price in enumerate(sorted(set(compared.values())))}
    return {one: places[price] for one, price in compared.items()}


def with_amounts(
    ranking: Ranking, offers: Mapping[str, Decimal], compared: Mapping[str, Decimal]
) -> tuple[dict[str, object], ...]:
    """Return the places of a ranking `by_order`, each with what is paid and what it compared at."""
    return tuple(
        {
            "uscc": place.entrant,
            "amount": f"{offers[place.entrant]:.2f}",
            "ranked_at": written(compared[place.entrant]),
            "ticket": place.ticket,
            "is_tied": place.is_tied,
        }
        for place in ranking.places
    )


def written(price: Decimal) -> str:
    """Return a compared price as it is published: yuan with four decimals."""
    return f"{price:.4f}"


def lowered(place: Mapping[str, Any]) -> str | None:
    """Return at what a published place compared, for people, where that is not what is paid."""
    price = Decimal(place.get("ranked_at", place["amount"]))
    if price == Decimal(place["amount"]):
        return None
    return f"{Decimal(str(place['ranked_at']).removesuffix('00')):,}"
