"""What a figure is: its sentence, its chart, its table, and how its numbers are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.pages.figures import charts
from bidding.pages.figures.charts import Point
from bidding.pages.figures.scope import Scope
from marketplace.web.components import Component, Text

Cell = int | Decimal | None
TENTH, CENT = Decimal("0.1"), Decimal("0.01")
TEN_THOUSAND = 10_000


@dataclass(frozen=True)
class PlotRow:
    """A line of a table: what it is of, the numbers, and the list that shows it."""

    label: str
    values: Sequence[Cell]
    cells: Sequence[str]
    url: str = ""


@dataclass(frozen=True)
class Plot(Component):
    """A figure: what it says in one sentence, its chart in its sizes, and its table."""

    key: str
    title: Text
    say: Text
    heads: Sequence[Text]
    rows: Sequence[PlotRow]
    at: datetime
    csv_url: str
    note: Text = ""
    width: str = ""
    is_open: bool = False
    drawings: Sequence[Component] = field(default=())

    template_name = "bidding/figures/plot.html"

    @property
    def chart(self) -> str:
        """What the script draws anew for who points at it; "" of what it leaves as it is."""
        kinds = {charts.Bars: "bars", charts.Columns: "columns"}
        return next((kinds[type(one)] for one in self.drawings if type(one) in kinds), "")

    @property
    def row_count(self) -> int:
        return len(self.rows)

    @property
    def more_text(self) -> str:
        """What opens the table."""
        return _("看数字表，共 %(count)s 行") % {"count": self.row_count}

    @property
    def first_head(self) -> Text:
        return self.heads[0]

    @property
    def number_heads(self) -> Sequence[Text]:
        return self.heads[1:]


@dataclass(frozen=True)
class Asked:
    """What all plots of a page are made of."""

    scope: Scope
    today: date
    at: datetime
    opens_tables: bool = False
    """Where letters are large there are no charts, and the tables stand open."""

    def plot(self, key: str, rows: Sequence[PlotRow], **more: Any) -> Plot:
        """Return a plot whose file is that of this scope."""
        url = f"{reverse('bidding:figure_csv', args=[key])}?{self.scope.query}"
        return Plot(key=key, rows=rows, at=self.at, csv_url=url, is_open=self.opens_tables, **more)


def written(value: Cell) -> str:
    """Write a number as a table shows it."""
    if value is None:
        return "—"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value.quantize(TENTH, ROUND_HALF_UP):,}"


def row(label: object, *values: Cell, url: str = "") -> PlotRow:
    """Return a line of a table."""
    return PlotRow(str(label), values, [written(value) for value in values], url)


def in_wan(amount: Decimal) -> Decimal:
    """Return yuan in ten thousands, to the cent of them."""
    return (amount / TEN_THOUSAND).quantize(CENT, ROUND_HALF_UP)


def percent(part: int, whole: int) -> Decimal | None:
    """Return a share in percent; None of nothing."""
    return Decimal(100 * part) / whole if whole else None


def points(rows: Sequence[PlotRow], place: int = 0, unit: str = "") -> list[Point]:
    """Return one column of a table as what a chart shows."""
    return [
        Point(one.label, float(one.values[place] or 0), f"{one.cells[place]}{unit}") for one in rows
    ]


def says(title: object, rows: Sequence[PlotRow], unit: str) -> str:
    """Return a chart in words, for who does not see it."""
    named = "，".join(f"{one.label} {one.cells[0]}{unit}" for one in rows)
    return f"{title}：{named}"
