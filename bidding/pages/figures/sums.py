"""Add up the tallies of a scope: one grouped statement for each question."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from bidding.models import Tally
from bidding.models.tally import Figure
from bidding.pages.figures.scope import Scope
from bidding.statistics.sums import Sums
from marketplace.kernel import known

HALF = Decimal("0.5")


def grouped(figure: str, by: str, scope: Scope) -> Mapping[Any, Sums]:
    """Return the sums of a figure by the values of one column; kept while no new ones are made."""
    return known.once("tallies", figure, by, scope, read=lambda: _grouped(figure, by, scope))


def _grouped(figure: str, by: str, scope: Scope) -> Mapping[Any, Sums]:
    rows = scope.rows(figure).values_list(by).annotate(*_sums())
    return {key: Sums(*found) for key, *found in rows}


def _sums() -> list[Sum]:
    return [Sum(name) for name in ("count", "amount", "compared", "ceiling")]


def total(found: Mapping[Any, Sums]) -> Sums:
    """Return everything together."""
    return sum(found.values(), Sums())


def by_month(figure: str, scope: Scope) -> Mapping[Any, Sequence[tuple[Decimal, int]]]:
    """Return the values of a figure in each month with how often there are; by month and value."""
    return known.once("values by month", figure, scope, read=lambda: _by_month(figure, scope))


def _by_month(figure: str, scope: Scope) -> Mapping[Any, Sequence[tuple[Decimal, int]]]:
    found: dict[Hashable, list[tuple[Decimal, int]]] = {}
    rows = scope.rows(figure).values_list("month", "value").annotate(Sum("count"))
    for month, value, count in rows:
        found.setdefault(month, []).append((value, count))
    return found


def quantile(values: Sequence[tuple[Decimal, int]], share: Decimal) -> Decimal | None:
    """
    Return the value below which `share` of all lies, between two neighbours in proportion.

    `values` are given with how often there are. It is what `statistics.quantiles` calls inclusive.
    """
    count = sum(often for _value, often in values)
    if not count:
        return None
    place = share * (count - 1)
    low = int(place)
    first, second = _nth(values, low), _nth(values, min(low + 1, count - 1))
    return first + (second - first) * (place - low)


def _nth(values: Sequence[tuple[Decimal, int]], place: int) -> Decimal:
    passed = 0
    for value, often in sorted(values):
        passed += often
        if place < passed:
            return value
    raise IndexError(place)


def middle(values: Sequence[tuple[Decimal, int]]) -> Decimal | None:
    """Return the median; None of nothing."""
    return quantile(values, HALF)


def tallied(figure: str) -> str:
    """Return how a figure is called."""
    return str(Figure(figure).label)


def in_time(scope: Scope) -> tuple[int, int]:
    """Return how many results were delivered, and how many of them in time."""
    found = grouped(Figure.DELIVERED, "word", scope)
    good = found.get(Tally.IN_TIME, Sums()).count
    return total(found).count, good
