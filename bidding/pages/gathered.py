"""What is gathered on the page of a place or of a service class: its numbers, orders and awards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bidding.models import Award, Tender
from bidding.models.tally import Figure
from bidding.pages.award_rows import AwardRow, award_rows
from bidding.pages.figures.plot import written
from bidding.pages.figures.scope import Scope
from bidding.pages.figures.sums import by_month, grouped, middle, total
from bidding.pages.order_lines import OrderLine, order_lines
from marketplace.templatetags.ui_figures import wan_unit, wan_value
from marketplace.web.known_at import once_at

ORDERS, AWARDS = 8, 5


@dataclass(frozen=True)
class Number:
    """One number of the page, and the list that shows it."""

    label: str
    value: str
    unit: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Gathered:
    """The next orders to close of how many, the latest awards, and the numbers of the year."""

    numbers: Sequence[Number]
    orders: Sequence[OrderLine]
    awards: Sequence[AwardRow]
    open_count: int


def gathered(name: str, scope: Scope, order: Q, award: Q, at: datetime) -> Gathered:
    """
    Return what is gathered of the orders and awards that meet the conditions.

    `name` is what they are kept under; `scope` is the same for the numbers.
    """
    still_open = Tender.objects.open_at(at).filter(order)
    count = once_at("gathered count", at, name, read=still_open.count)
    keys = once_at(
        "gathered orders", at, name, read=partial(_keys, still_open.by_closing(), ORDERS)
    )
    won = Award.objects.won().filter(award).order_by("-published_at", "-pk")
    latest = once_at("gathered awards", at, name, read=partial(_keys, won, AWARDS))
    return Gathered(
        [Number(_("正在报名"), f"{count:,}", _("项"), scope.open_orders()), *_of_year(scope)],
        order_lines(keys),
        award_rows(latest, at),
        count,
    )


def _keys(rows: QuerySet[Any], most: int) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:most])


def _of_year(scope: Scope) -> list[Number]:
    published = total(grouped(Figure.PUBLISHED, "month", scope))
    awarded = total(grouped(Figure.AWARDED, "month", scope))
    waited = by_month(Figure.TO_AWARD, scope)
    half = middle([one for values in waited.values() for one in values])
    return [
        Number(_("本年采购公告"), f"{published.count:,}", _("项"), scope.orders()),
        Number(
            _("本年中选"), f"{awarded.count:,}", _("项"), scope.awards(), _amount(awarded.amount)
        ),
        Number(_("从公告到中选"), written(half), _("个工作日"), note=_("本年中选的中位数")),
    ]


def _amount(amount: Decimal) -> str:
    """Say for how much; nothing of nothing."""
    if not amount:
        return ""
    return _("共 %(amount)s %(unit)s") % {"amount": wan_value(amount), "unit": wan_unit(amount)}
