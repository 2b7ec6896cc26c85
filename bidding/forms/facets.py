"""What the public lists can be narrowed by."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Case, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from bidding.models import Award, Dispute, Tender
from bidding.models.award import WON
from bidding.models.stages import Phase
from bidding.selection.methods import METHODS
from marketplace.kernel import known
from marketplace.kernel.calendar import day_of, end_of_day
from marketplace.models import Division, Qualification, ServiceClass, ServiceItem
from marketplace.models.divisions import place_names
from marketplace.web.facets import MAX_WORDS, Facet, Option, Text
from marketplace.web.moments import cn_short

STRIP_DAYS = 14
DAY, PERIOD = "day", "period"


def _cities(path: str) -> list[Option]:
    return [
        Option(code, name, Q(**{f"{path}__startswith": prefix}))
        for code, name, prefix in known.once("cities", read=_read_cities)
    ]


def _read_cities() -> tuple[tuple[str, str, str], ...]:
    cities = Division.objects.filter(level=Division.Level.CITY)
    return tuple((city.code, city.name, city.prefix) for city in cities)


def _classes(path: str) -> list[Option]:
    return [
        Option(code, name, Q(**{path: pk}))
        for code, name, pk in known.once("service_classes", read=_read_classes)
    ]


def _read_classes() -> tuple[tuple[str, str, int], ...]:
    return tuple(ServiceClass.objects.values_list("code", "name", "pk"))


def _place(path: str, code: str) -> Option | None:
    """Return the place that an address names; of a county no list offers a choice."""
    name = place_names().get(code)
    return Option(code, name, Q(**{path: code})) if name else None


def _item(path: str, code: str) -> Option | None:
    """Return the item that an address names."""
    names = known.once("items by code", read=_read_items)
    return Option(code, names[code], Q(**{path: code})) if code in names else None


def _read_items() -> dict[str, str]:
    rows = ServiceItem.objects.exclude(status=ServiceItem.Status.DRAFT).order_by("version")
    return dict(rows.values_list("code", "name"))


def _city(path: str) -> Concat:
    """Return the code of the city in which a division lies; the province's own has none."""
    return Concat(Substr(path, 1, 4), Value("00"))


def _days(at: datetime) -> list[Option]:
    """Return the days on which open orders close; midnight belongs to the day that it ends."""
    return [_day(day_of(at) + timedelta(days=n), at) for n in range(STRIP_DAYS)]


def _closes_from(at: datetime) -> Q:
    last = end_of_day(day_of(at) + timedelta(days=STRIP_DAYS - 1))
    closes = Q(sign_up__ends_at__gt=at, sign_up__ends_at__lte=last)
    return Q(status=Tender.Status.ACTIVE) & closes


def _day(day: date, at: datetime) -> Option:
    label = _("%(day)s截止") % {"day": cn_short(day)}
    begins = max(at, end_of_day(day - timedelta(days=1)))
    closes = Q(sign_up__ends_at__gt=begins, sign_up__ends_at__lte=end_of_day(day))
    return Option(day.isoformat(), label, Q(status=Tender.Status.ACTIVE) & closes)


def _period(path: str, text: str) -> Option | None:
    """Return the year or the month that an address names, such as 2026 or 2026-11."""
    found = re.fullmatch(r"(20\d\d)(?:-(0[1-9]|1[0-2]))?", text)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 0)
    if not month:
        label, begin, end = _("%(year)s年") % {"year": year}, date(year, 1, 1), date(year + 1, 1, 1)
        return Option(text, label, _between(path, begin, end))
    begin, end = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    label = _("%(year)s年%(month)s月") % {"year": year, "month": month}
    return Option(text, label, _between(path, begin, end))


def _between(path: str, begin: date, end: date) -> Q:
    first, after = (end_of_day(day - timedelta(days=1)) for day in (begin, end))
    return Q(**{f"{path}__gte": first, f"{path}__lt": after})


def tender_facets(at: datetime) -> list[Facet]:
    """Return the facets of the order list at a moment; places and classes are read once."""
    return [
        Facet(
            "phase",
            _("进度"),
            [Option(phase.value, phase.label, phase.condition(at)) for phase in Phase],
        ),
        Facet("city", _("地区"), _cities("division__code"), by=_city("division_id")),
        Facet(
            "class", _("服务类别"), _classes("item__service_class"), by="item__service_class__code"
        ),
        Facet(
            "method",
            _("选取方式"),
            [Option(name, row.words.name, Q(method=name)) for name, row in METHODS.items()],
            by="method",
        ),
        Facet(
            "fund",
            _("资金来源"),
            [Option(row.value, row.label, Q(fund=row.value)) for row in Tender.Fund],
            by="fund",
        ),
        Facet("place", _("县（市、区）"), (), read=partial(_place, "division__code")),
        Facet(PERIOD, _("发布时间"), (), read=partial(_period, "published_at")),
        Facet(DAY, _("报名截止日"), _days(at), keeps_empty=True, within=_closes_from(at)),
    ]


def award_facets() -> list[Facet]:
    """Return the facets of the list of awards; places and classes are read once."""
    won = Q(status__in=WON)
    return [
        Facet(
            "state",
            _("结果"),
            [
                Option("won", _("已中选"), won),
                Option("pending", _("结果公示"), Q(status=Award.Status.PENDING)),
                Option("cancelled", _("已取消"), Q(status=Award.Status.CANCELLED)),
            ],
            by=Case(When(won, then=Value("won")), default="status", output_field=TextField()),
        ),
        Facet(
            "city", _("地区"), _cities("tender__division__code"), by=_city("tender__division_id")
        ),
        Facet(
            "class",
            _("服务类别"),
            _classes("tender__item__service_class"),
            by="tender__item__service_class__code",
        ),
        Facet(
            "method",
            _("选取方式"),
            [Option(name, row.words.name, Q(tender__method=name)) for name, row in METHODS.items()],
            by="tender__method",
        ),
        Facet(
            "fund",
            _("资金来源"),
            [Option(row.value, row.label, Q(tender__fund=row.value)) for row in Tender.Fund],
            by="tender__fund",
        ),
        Facet("item", _("服务事项"), (), read=partial(_item, "tender__item__code")),
        Facet("place", _("县（市、区）"), (), read=partial(_place, "tender__division__code")),
        Facet(PERIOD, _("中选时间"), (), read=partial(_period, "awarded_at")),
    ]


def agency_facets() -> list[Facet]:
    """Return the facets of the agency list."""
    return [
        Facet(
            "class",
            _("服务类别"),
            [
                Option(code, name, Q(agency__in=_qualified_in(pk)))
                for code, name, pk in known.once("service_classes", read=_read_classes)
            ],
            by="agency__qualifications__service_class__code",
            many=True,
        ),
        Facet("city", _("登记地"), _cities("division__code"), by=_city("division_id")),
    ]


def item_facets() -> list[Facet]:
    """Return the facets of the catalogue."""
    return [
        Facet("class", _("服务类别"), _classes("service_class"), by="service_class__code"),
        _said("department", _("行业主管部门"), "department"),
        _said("level", _("层级"), "level"),
        _said("approval", _("对应审批"), "related_approval"),
    ]


def _said(name: str, label: Text, column: str) -> Facet:
    """Return a facet of what the published items say in one column; nothing is no choice."""
    texts = ServiceItem.objects.published().exclude(**{column: ""}).order_by(column)
    options = [
        Option(text, text, Q(**{column: text}))
        for text in texts.values_list(column, flat=True).distinct()
    ]
    return Facet(name, label, options, by=column)


def item_words(text: str) -> Q:
    """Return what an item must meet to hold every word in name, code, approval or department."""
    condition = Q()
    for word in text[:MAX_WORDS].split():
        condition &= (
            Q(name__icontains=word)
            | Q(code__icontains=word)
            | Q(related_approval__icontains=word)
            | Q(department__icontains=word)
            | Q(service_class__name__icontains=word)
        )
    return condition


def _qualified_in(service_class: int) -> QuerySet[Qualification, Any]:
    return Qualification.objects.filter(service_class=service_class).values("agency")


def tender_words(text: str) -> Q:
    """Return what an order must meet to hold every word of `text` in title, code, item or buyer."""
    condition = Q()
    for word in text[:MAX_WORDS].split():
        condition &= (
            Q(title__icontains=word)
            | Q(code__icontains=word)
            | Q(buyer__name__icontains=word)
            | Q(item__name__icontains=word)
        )
    return condition


def award_words(text: str) -> Q:
    """Return what an award must meet to hold every word in its order, sides or contract number."""
    condition = Q()
    for word in text[:MAX_WORDS].split():
        condition &= (
            Q(tender__title__icontains=word)
            | Q(tender__code__icontains=word)
            | Q(tender__buyer__name__icontains=word)
            | Q(bid__agency__name__icontains=word)
            | Q(contract__number__icontains=word)
        )
    return condition


def agency_words(text: str) -> Q:
    """Return what an agency must meet to hold every word of `text` in its name or credit code."""
    condition = Q()
    for word in text[:MAX_WORDS].split():
        condition &= Q(name__icontains=word) | Q(uscc__icontains=word)
    return condition


def dispute_facets() -> list[Facet]:
    """Return the facets of the public list of objections and complaints."""
    kinds = [Option(one.value, one.label, Q(kind=one.value)) for one in Dispute.Kind]
    matters = [Option(one.value, one.label, Q(matter=one.value)) for one in Dispute.Matter]
    outcomes = [
        Option("upheld", _("投诉成立"), Q(is_upheld=True)),
        Option("rejected", _("投诉不成立"), Q(is_upheld=False)),
    ]
    return [
        Facet("kind", _("类别"), kinds),
        Facet("matter", _("事由"), matters),
        Facet("outcome", _("结果"), outcomes),
        Facet("city", _("办理机关所在地"), _cities("authority__division__code")),
    ]


def dispute_words(text: str) -> Q:
    """
    Return what a dispute must meet to hold every word in number, order or respondent.

    Not in the filer's name: before the opening it would tell who may bid.
    """
    condition = Q()
    for word in text[:MAX_WORDS].split():
        condition &= (
            Q(number__icontains=word)
            | Q(tender__title__icontains=word)
            | Q(tender__code__icontains=word)
            | Q(respondent__name__icontains=word)
        )
    return condition
