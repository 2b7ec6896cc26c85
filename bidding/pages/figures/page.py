"""What the page of figures shows: key figures, the comparison with the baseline, all plots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from bidding.models import Reckoning
from bidding.models.tally import Figure
from bidding.pages.figures.goals import goals_of
from bidding.pages.figures.plot import Asked, Plot, written
from bidding.pages.figures.plots import PLOTS
from bidding.pages.figures.scope import Narrowing, Scope
from bidding.pages.figures.sums import grouped, total
from bidding.statistics.sums import Sums
from marketplace.kernel import known
from marketplace.templatetags.ui_figures import wan_unit, wan_value


@dataclass(frozen=True)
class KeyFigure:
    """A key figure, what it was a year before, and the list that shows it."""

    label: str
    value: str
    unit: str
    note: str
    url: str


def asked_at(scope: Scope, today: date, *, opens_tables: bool = False) -> Asked | None:
    """Return what the plots are made of; None while nothing has been counted yet."""
    at = known.once(
        "reckoned at", read=lambda: Reckoning.objects.values_list("at", flat=True).first()
    )
    return Asked(scope, today, at, opens_tables) if at else None


def figures_page(asked: Asked | None, scope: Scope, today: date) -> dict[str, Any]:
    """Return what the page shows; without a count only that there is none yet."""
    narrowing = Narrowing.of(scope, today)
    if asked is None:
        return {"narrowing": narrowing, "plots": [], "figures": [], "goals": []}
    return {
        "narrowing": narrowing,
        "plots": [make(asked) for make in PLOTS],
        "figures": key_figures(scope),
        "goals": goals_of(asked),
        "counted_at": asked.at,
        "query": scope.query,
    }


def plot_of(key: str, asked: Asked) -> Plot | None:
    """Return the plot of this name; None if there is none."""
    made = {make.__name__: make for make in PLOTS}
    return made[key](asked) if key in made else None


def table_of(plot: Plot) -> list[list[object]]:
    """Return the table of a plot as the lines of a file, the numbers as they are."""
    lines: list[list[object]] = [[one.label, *one.values] for one in plot.rows]
    return [list(plot.heads), *lines]


def key_figures(scope: Scope) -> Sequence[KeyFigure]:
    """Return the four key figures of a scope."""
    orders, awards, failed = _totals(scope)
    before = scope.before()
    earlier = _totals(before) if before else None
    open_count = orders.count - awards.count - failed.count
    return [
        KeyFigure(
            _("采购公告"),
            f"{orders.count:,}",
            _("项"),
            _a_year_before(earlier and earlier[0].count),
            scope.orders(),
        ),
        KeyFigure(
            _("中选"),
            f"{awards.count:,}",
            _("项"),
            _("其余 %(count)s 项在办或者没有选出机构")
            % {"count": f"{open_count + failed.count:,}"},
            scope.awards(),
        ),
        KeyFigure(
            _("中选金额"),
            wan_value(awards.amount),
            wan_unit(awards.amount),
            "",
            scope.awards(sort="amount"),
        ),
        KeyFigure(
            _("中选价低于限价"),
            written(awards.below_ceiling),
            "%",
            _("按金额加权"),
            scope.awards(),
        ),
    ]


def _totals(scope: Scope) -> tuple[Sums, Sums, Sums]:
    return (
        total(grouped(Figure.PUBLISHED, "month", scope)),
        total(grouped(Figure.AWARDED, "month", scope)),
        total(grouped(Figure.ENDED, "word", scope)),
    )


def _a_year_before(count: int | None) -> str:
    return _("上年 %(count)s 项") % {"count": f"{count:,}"} if count else ""
