"""The price reference: what each item cost, where enough of it was bought to say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from bidding.models.tally import Figure
from bidding.pages.figures.plot import CENT, Asked
from bidding.pages.figures.scope import Narrowing, Scope
from bidding.pages.figures.sums import HALF, quantile
from bidding.statistics.prices import least_prices
from marketplace.kernel import known
from marketplace.models import ServiceItem

QUARTER = Decimal("0.25")


@dataclass(frozen=True)
class PriceRow:
    """What one item cost: of how many awards, their median and quartiles, and their list."""

    code: str
    name: str
    service_class: str
    count: int
    low: Decimal
    middle: Decimal
    high: Decimal
    url: str


@dataclass(frozen=True)
class Prices:
    """The items of which prices are told, and of how many too little was bought."""

    rows: Sequence[PriceRow]
    left_out: int
    least: int


def prices_page(asked: Asked | None, scope: Scope, today: date) -> dict[str, Any]:
    """Return what the page of prices shows."""
    narrowing = Narrowing.of(scope, today)
    if asked is None:
        return {"narrowing": narrowing, "prices": None}
    return {
        "narrowing": narrowing,
        "prices": prices_of(asked),
        "counted_at": asked.at,
        "query": scope.query,
    }


def prices_of(asked: Asked) -> Prices:
    """Return the prices of a scope, most bought first."""
    least, names = least_prices(asked.at), known.once("price items", read=_read_items)
    found = known.once("amounts by item", asked.scope, read=lambda: _amounts(asked.scope))
    told = {code: values for code, values in found.items() if _count(values) >= least}
    rows = [_row(code, names[code], values, asked.scope) for code, values in told.items()]
    return Prices(
        sorted(rows, key=lambda row: (-row.count, row.code)), len(found) - len(told), least
    )


def price_table(asked: Asked) -> list[list[object]]:
    """Return the prices as the lines of a file."""
    heads: list[object] = [
        *(_("事项编码"), _("服务事项"), _("服务类别"), _("项数")),
        *(_("下四分位（元）"), _("中位数（元）"), _("上四分位（元）")),
    ]
    rows = prices_of(asked).rows
    return [
        heads,
        *(
            [one.code, one.name, one.service_class, one.count, one.low, one.middle, one.high]
            for one in rows
        ),
    ]


def _amounts(scope: Scope) -> Mapping[str, Sequence[tuple[Decimal, int]]]:
    found: dict[str, list[tuple[Decimal, int]]] = {}
    rows = scope.rows(Figure.AWARDED).values_list("item", "value").annotate(Sum("count"))
    for item, amount, count in rows:
        found.setdefault(item, []).append((amount, count))
    return found


def _count(values: Sequence[tuple[Decimal, int]]) -> int:
    return sum(count for _amount, count in values)


def _read_items() -> Mapping[str, tuple[str, str]]:
    rows = ServiceItem.objects.exclude(status=ServiceItem.Status.DRAFT).order_by("version")
    named = rows.values_list("code", "name", "service_class__name")
    return {code: (name, service_class or "") for code, name, service_class in named}


def _row(
    code: str, names: tuple[str, str], values: Sequence[tuple[Decimal, int]], scope: Scope
) -> PriceRow:
    low, middle, high = (
        (quantile(values, share) or Decimal()).quantize(CENT, ROUND_HALF_UP)
        for share in (QUARTER, HALF, 3 * QUARTER)
    )
    return PriceRow(
        code=code,
        name=names[0],
        service_class=names[1],
        count=_count(values),
        low=low,
        middle=middle,
        high=high,
        url=scope.awards(item=code),
    )
