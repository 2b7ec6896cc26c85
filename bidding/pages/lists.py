"""The list of orders in other forms: the days on which they close, and a table to download."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bidding.models import Tender
from bidding.models.dispute import stands_still
from bidding.models.stages import word_of
from bidding.pages.tables import MEASURES, written
from bidding.selection.methods import method_name
from credit.measures import all_open_measures
from marketplace.models import Division
from marketplace.web.facets import ShownFacet
from marketplace.web.keys import InTurn
from marketplace.web.moments import cn_short

Text = str | Promise
TALLEST = 48

TENDER_COLUMNS = (
    *("code", "title", "buyer__name", "division", "item__name", "item__service_class__name"),
    *("method", "fund", "ceiling", "published_at", "sign_up__ends_at"),
    *("status", "award__status", "award__contract__status"),
    *("award__bid__agency__name", "award__bid__agency__slug", "award__amount"),
)


@dataclass(frozen=True)
class DayBar:
    """How many orders close on one day; `height` is out of TALLEST."""

    day: date
    label: str
    weekday: str
    count: int
    height: int
    url: str
    is_on: bool
    is_first: bool

    @property
    def top(self) -> int:
        return TALLEST - self.height

    @property
    def tone(self) -> str:
        """Return the class of the bar, next to what `is_on` says: the first day, an empty one."""
        if self.is_first:
            return "hot"
        return "" if self.count else "off"


def day_bars(facet: ShownFacet, on: date, parameters: QueryDict) -> list[DayBar]:
    """
    Return a bar for each day of the facet; its address is the list of that day alone.

    There is none when no order closes on any of the days, and none of them is chosen.
    """
    if not any(option.count or option.on for option in facet.options):
        return []
    most = max(1, *(option.count for option in facet.options))
    bars = []
    for option in facet.options:
        day = date.fromisoformat(option.value)
        name = date_format(day, "D")
        bars.append(
            DayBar(
                day=day,
                label=_("今天") if day == on else _day_label(day),
                weekday=_("周%(day)s") % {"day": name[-1], "name": name},
                count=option.count,
                height=max(option.count * TALLEST // most, 1),
                url=_address(parameters, facet.name, "" if option.on else option.value),
                is_on=option.on,
                is_first=day == on,
            )
        )
    return bars


def _day_label(day: date) -> str:
    """Name the month on its first day only: the strip is narrow."""
    if day.day > 1:
        return _("%(day)s日") % {"day": day.day}
    return cn_short(day)


def _address(parameters: QueryDict, name: str, value: str) -> str:
    kept = parameters.copy()
    kept.pop("page", None)
    kept.setlist(name, [value] if value else [])
    return f"?{kept.urlencode()}"


def tender_table(tenders: InTurn[Tender], at: datetime) -> Iterator[list[object]]:
    """Yield the heads and then a row for each order; amounts in yuan, moments in Beijing time."""
    yield [
        _("采购编号"),
        _("采购项目"),
        _("项目业主"),
        _("地区"),
        _("服务事项"),
        _("服务类别"),
        _("选取方式"),
        _("资金来源"),
        _("最高限价（元）"),
        _("发布时间"),
        _("报名截止（不含）"),
        _("进度"),
        _("中选机构"),
        MEASURES,
        _("中选金额（元）"),
    ]
    places, funds = Division.objects.full_names(), dict(Tender.Fund.choices)
    measures = all_open_measures(at)
    for row in tenders.values(*TENDER_COLUMNS, stands_still()):
        code, title, buyer, place, item, service_class, method, fund, *rest = row
        ceiling, published_at, end, status, award, contract, winner, slug, amount, is_held = rest
        word = word_of(status, award, contract, ends_at=end, is_suspended=is_held, at=at)
        yield [
            code,
            title,
            buyer,
            places[place],
            item,
            service_class or "",
            method_name(method),
            funds[fund],
            ceiling,
            written(published_at),
            "" if is_held else written(end),
            word,
            winner or "",
            "、".join(measures[slug]) if slug else "",
            "" if amount is None else amount,
        ]
