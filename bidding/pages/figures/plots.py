"""Each figure of the page: what it counts, and where the list stands that shows the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.models import Rank, Tender
from bidding.models.stages import Phase
from bidding.models.tally import Ending, Figure, RankList
from bidding.pages.figures import charts
from bidding.pages.figures.charts import City, Point
from bidding.pages.figures.plot import (
    Asked,
    Plot,
    PlotRow,
    in_wan,
    percent,
    points,
    row,
    says,
    written,
)
from bidding.pages.figures.scope import cities
from bidding.pages.figures.sums import by_month, grouped, middle, total
from bidding.selection.methods import METHODS
from bidding.statistics.payments import late_payments
from bidding.statistics.sums import Sums
from marketplace.kernel import known
from marketplace.models import ServiceClass
from marketplace.web.components import Component, Text

TOP = 10
MANY_OFFERS = 10


# --- By month -------------------------------------------------------------------------------------
def month_name(month: date, *, with_year: bool) -> str:
    """Write a month as the axis and the table do."""
    if with_year:
        return _("%(year)s年%(month)s月") % {"year": month.year, "month": month.month}
    return _("%(month)s月") % {"month": month.month}


def months(asked: Asked) -> Plot:
    """Notices of each month."""
    found = grouped(Figure.PUBLISHED, "month", asked.scope)
    shown = asked.scope.months(asked.today)
    rows = [
        row(
            month_name(month, with_year=True),
            found.get(month, Sums()).count,
            url=asked.scope.orders(period=f"{month:%Y-%m}"),
        )
        for month in shown
    ]
    return asked.plot(
        "months",
        rows,
        title=_("每月采购公告"),
        say=_most_of(rows, _("项")),
        heads=(_("月份"), _("采购公告（项）")),
        note=_("按发布日计，虚线框是还没有结束的月份"),
        width="w4",
        drawings=_month_chart(asked, shown, rows, _("每月采购公告"), _("项")),
    )


def amounts(asked: Asked) -> Plot:
    """What was won in each month."""
    found = grouped(Figure.AWARDED, "month", asked.scope)
    shown = asked.scope.months(asked.today)
    rows = [
        row(
            month_name(month, with_year=True),
            in_wan(found.get(month, Sums()).amount),
            found.get(month, Sums()).count,
            url=asked.scope.awards(period=f"{month:%Y-%m}"),
        )
        for month in shown
    ]
    return asked.plot(
        "amounts",
        rows,
        title=_("每月中选金额"),
        say=_most_of(rows, _("万元")),
        heads=(_("月份"), _("中选金额（万元）"), _("中选（项）")),
        note=_("按中选日计，取消的不计"),
        drawings=_month_chart(asked, shown, rows, _("每月中选金额"), _("万元")),
    )


def _month_chart(
    asked: Asked, shown: Sequence[date], rows: Sequence[PlotRow], title: str, unit: str
) -> list[Component]:
    this = asked.today.replace(day=1)
    drawn = [
        Point(
            month_name(month, with_year=False),
            float(one.values[0] or 0),
            one.cells[0],
            is_open=month == this,
        )
        for month, one in zip(shown, rows, strict=True)
    ]
    return charts.columns(drawn, says(title, rows, unit))


def _most_of(rows: Sequence[PlotRow], unit: str) -> str:
    most = max(rows, key=lambda one: one.values[0] or 0, default=None)
    if most is None or not most.values[0]:
        return _("这个范围里还没有。")
    return _("%(label)s最多，%(number)s %(unit)s。") % {
        "label": most.label,
        "number": most.cells[0],
        "unit": unit,
    }


# --- By place, class, method and fund -------------------------------------------------------------
def places(asked: Asked) -> Plot:
    """Notices by the city in which the service takes place."""
    orders = _by_city(grouped(Figure.PUBLISHED, "division", asked.scope))
    awards = _by_city(grouped(Figure.AWARDED, "division", asked.scope))
    rows = [
        row(
            name,
            orders.get(code[:4], Sums()).count,
            awards.get(code[:4], Sums()).count,
            in_wan(awards.get(code[:4], Sums()).amount),
            url=asked.scope.orders(city=code),
        )
        for code, name in cities()
    ]
    own = total(orders).count - sum(int(one.values[0] or 0) for one in rows)
    drawn = [
        City(code, name, float(one.values[0] or 0), f"{one.cells[0]} {_('项')}", one.url)
        for (code, name), one in zip(cities(), rows, strict=True)
    ]
    return asked.plot(
        "places",
        rows,
        title=_("各设区市的采购"),
        say=_most_of(rows, _("项"))
        + (_("另有省本级 %(count)s 项。") % {"count": own} if own else ""),
        heads=(_("设区市"), _("采购公告（项）"), _("中选（项）"), _("中选金额（万元）")),
        note=_("按服务地点计，颜色越深越多"),
        width="w2",
        drawings=charts.tiles(drawn, _("各设区市的采购公告数，按大致方位排列")),
    )


def _by_city(found: Mapping[str, Sums]) -> dict[str, Sums]:
    by_city: dict[str, Sums] = {}
    for code, sums in found.items():
        by_city[code[:4]] = by_city.get(code[:4], Sums()) + sums
    return by_city


@dataclass(frozen=True)
class By:
    """What orders are told apart by: the column, the names of its values, and the facet."""

    key: str
    column: str
    title: Text
    head: Text
    facet: str
    names: Callable[[], Mapping[Any, tuple[str, str]]]


def _classes() -> Mapping[Any, tuple[str, str]]:
    return known.once("figure classes", read=_read_classes)


def _read_classes() -> Mapping[Any, tuple[str, str]]:
    rows = ServiceClass.objects.values_list("pk", "code", "name")
    return {key: (code, name) for key, code, name in rows}


def _methods() -> Mapping[Any, tuple[str, str]]:
    return {name: (name, str(method.words.short)) for name, method in METHODS.items()}


def _funds() -> Mapping[Any, tuple[str, str]]:
    return {fund.value: (fund.value, str(fund.label)) for fund in Tender.Fund}


def dimension(by: By, asked: Asked, note: Text = "") -> Plot:
    """Return notices, awards, amounts and what was saved, by one thing that tells orders apart."""
    orders = grouped(Figure.PUBLISHED, by.column, asked.scope)
    awards = grouped(Figure.AWARDED, by.column, asked.scope)
    names = by.names()
    rows = sorted(
        (
            row(
                name,
                orders.get(key, Sums()).count,
                awards.get(key, Sums()).count,
                in_wan(awards.get(key, Sums()).amount),
                awards.get(key, Sums()).below_ceiling,
                url=asked.scope.orders(**{by.facet: code}),
            )
            for key, (code, name) in names.items()
            if key in orders or key in awards
        ),
        key=lambda one: -(one.values[0] or 0),
    )
    unit = _("项")
    return asked.plot(
        by.key,
        rows,
        title=by.title,
        say=_most_of(rows, unit),
        heads=(
            by.head,
            *(_("采购公告（项）"), _("中选（项）"), _("中选金额（万元）"), _("低于限价（%）")),
        ),
        note=note,
        drawings=charts.bars(points(rows[:TOP], unit=f" {unit}"), says(by.title, rows, unit)),
    )


def classes(asked: Asked) -> Plot:
    """By class of services."""
    by = By("classes", "service_class", _("按服务类别"), _("服务类别"), "class", _classes)
    return dimension(by, asked, _("图上是最多的 %(top)s 类") % {"top": TOP})


def methods(asked: Asked) -> Plot:
    """By method."""
    by = By("methods", "method", _("按选取方式"), _("选取方式"), "method", _methods)
    return dimension(by, asked, _("更换方式重新组织的，每一轮各计一次"))


def funds(asked: Asked) -> Plot:
    """By fund."""
    by = By("funds", "fund", _("按资金来源"), _("资金来源"), "fund", _funds)
    return dimension(by, asked)


def savings(asked: Asked) -> Plot:
    """What was won against the ceilings, by method."""
    awards = grouped(Figure.AWARDED, "method", asked.scope)
    rows = [
        row(
            name,
            found.below_ceiling,
            in_wan(found.ceiling),
            in_wan(found.compared),
            url=asked.scope.awards(method=code),
        )
        for key, (code, name) in _methods().items()
        if (found := awards.get(key, Sums())).ceiling
    ]
    everything = total(awards)
    say = _("中选价合计比限价低 %(share)s%%，少付 %(saved)s 万元。") % {
        "share": written(everything.below_ceiling),
        "saved": written(in_wan(everything.ceiling - everything.compared)),
    }
    return asked.plot(
        "savings",
        rows,
        title=_("中选价低于最高限价多少"),
        say=say if everything.ceiling else _("这个范围里还没有。"),
        heads=(_("选取方式"), _("低于限价（%）"), _("限价合计（万元）"), _("中选合计（万元）")),
        note=_("按金额加权，未设限价的不计"),
        drawings=charts.bars(points(rows, unit="%"), says(_("中选价低于最高限价"), rows, "%")),
    )


# --- Competition, days, failures ------------------------------------------------------------------
def competition(asked: Asked) -> Plot:
    """How many took part in an order that was opened."""
    found = {
        int(key): sums.count for key, sums in grouped(Figure.OFFERS, "value", asked.scope).items()
    }
    whole = sum(found.values())
    most = min(max(found, default=0), MANY_OFFERS)
    rows = [
        row(
            _offers_name(number),
            count := sum(found[one] for one in found if min(one, MANY_OFFERS) == number),
            percent(count, whole),
        )
        for number in range(1, most + 1)
    ]
    half = middle([(Decimal(number), count) for number, count in found.items()])
    return asked.plot(
        "competition",
        rows,
        title=_("竞争：每项采购有几家报名"),
        say=_("中位数是 %(half)s 家。") % {"half": written(half)}
        if whole
        else _("这个范围里还没有。"),
        heads=(_("报名家数"), _("采购（项）"), _("占比（%）")),
        note=_("按已开启报价的采购计，撤回的不计"),
        drawings=charts.columns(points(rows), says(_("每项采购的报名家数"), rows, _("项"))),
    )


def _offers_name(number: int) -> str:
    text = _("%(number)s 家以上") if number == MANY_OFFERS else _("%(number)s 家")
    return text % {"number": number}


def waiting(asked: Asked) -> Plot:
    """Working days from the notice to the award, and from there to the contract."""
    to_award = by_month(Figure.TO_AWARD, asked.scope)
    to_contract = by_month(Figure.TO_CONTRACT, asked.scope)
    shown = asked.scope.months(asked.today)
    rows = [
        row(
            month_name(month, with_year=True),
            middle(to_award.get(month, ())),
            middle(to_contract.get(month, ())),
            sum(count for _value, count in to_award.get(month, ())),
            url=asked.scope.awards(period=f"{month:%Y-%m}"),
        )
        for month in shown
    ]
    half = middle([one for values in to_award.values() for one in values])
    signed = middle([one for values in to_contract.values() for one in values])
    say = _("中位数：从公告到中选 %(half)s 个工作日，从中选到签约 %(signed)s 个工作日。")
    return asked.plot(
        "waiting",
        rows,
        title=_("从公告到中选要几个工作日"),
        say=say % {"half": written(half), "signed": written(signed)}
        if half is not None
        else _("这个范围里还没有。"),
        heads=(_("中选月份"), _("到中选（中位数）"), _("到签约（中位数）"), _("中选（项）")),
        note=_("含结果公示，按工作日计，发布当天不计"),
        drawings=_month_chart(asked, shown, rows, _("从公告到中选的工作日中位数"), ""),
    )


def payments(asked: Asked) -> Plot:
    """Payments that were found to be late, by month."""
    read = partial(late_payments, asked.at)
    found = Counter(
        one.month
        for one in known.once("late payments", asked.at, read=read)
        if asked.scope.holds(one.division, one.service_class, one.fund)
    )
    shown = asked.scope.months(asked.today)
    rows = [row(month_name(month, with_year=True), found[month]) for month in shown]
    count = sum(found[month] for month in shown)
    return asked.plot(
        "payments",
        rows,
        title=_("认定的逾期付款"),
        say=_("认定项目业主逾期付款 %(count)s 次。") % {"count": written(count)}
        if count
        else _("这个范围里没有认定的逾期付款。"),
        heads=(_("月份"), _("逾期付款（次）")),
        note=_("平台不经手付款：由中选机构反映，监管人员认定后计入，按反映的日期计"),
        drawings=_month_chart(asked, shown, rows, _("每月认定的逾期付款"), _("次")),
    )


def endings(asked: Asked) -> Plot:
    """Orders that came to nothing, by the reason."""
    found = grouped(Figure.ENDED, "word", asked.scope)
    whole = total(grouped(Figure.PUBLISHED, "month", asked.scope)).count
    lists = {
        Ending.TOO_FEW: asked.scope.orders(phase=Phase.UNSUCCESSFUL),
        Ending.FELL_AWAY: asked.scope.orders(phase=Phase.CANCELLED),
        Ending.CANCELLED: asked.scope.orders(phase=Phase.CANCELLED),
    }
    rows = [
        row(
            ending.label,
            count := found.get(ending.value, Sums()).count,
            percent(count, whole),
            url=lists[ending],
        )
        for ending in Ending
    ]
    count = total(found).count
    say = _("%(count)s 项没有选出机构，占公告的 %(share)s%%。") % {
        "count": written(count),
        "share": written(percent(count, whole)),
    }
    return asked.plot(
        "endings",
        rows,
        title=_("没有选出机构的原因"),
        say=say if whole else _("这个范围里还没有。"),
        heads=(_("原因"), _("采购（项）"), _("占公告（%）")),
        note=_("按公告的发布日计；取消的采购列表含后两项"),
        drawings=charts.bars(
            points(rows, unit=f" {_('项')}"), says(_("没有选出机构"), rows, _("项"))
        ),
    )


def grades(asked: Asked) -> Plot:
    """How the agencies stand, those that are not kept from signing up."""
    found = dict(
        Rank.objects.filter(list=RankList.CREDIT)
        .order_by()
        .values_list("word")
        .annotate(Count("pk"))
    )
    whole = sum(found.values())
    ranking = f"{reverse('bidding:rankings')}?list={RankList.CREDIT}"
    rows = [
        row(_("%(grade)s 级") % {"grade": grade}, count, percent(count, whole), url=ranking)
        for grade, count in sorted(found.items())
    ]
    return asked.plot(
        "grades",
        rows,
        title=_("机构的信用等级"),
        say=_("全省 %(count)s 家机构参加排名。") % {"count": written(whole)},
        heads=(_("信用等级"), _("机构（家）"), _("占比（%）")),
        note=_("全省现在的等级，不随上面的范围变化；信用限制期内的机构不计"),
        drawings=charts.columns(points(rows), says(_("机构的信用等级"), rows, _("家"))),
    )


PLOTS: Sequence[Callable[[Asked], Plot]] = (
    months,
    places,
    amounts,
    classes,
    methods,
    funds,
    savings,
    competition,
    waiting,
    payments,
    endings,
    grades,
)
