"""The home page in words: its figures, the seal that it shows, and what one may search for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.statistics.sums import Sums
from cms.pages.home import HomeFacts
from cms.statistics import Stretch
from marketplace.models import Organization
from marketplace.parties import Party
from marketplace.templatetags.ui_figures import wan_unit, wan_value
from marketplace.web.moments import cn_short

TENTH = Decimal("0.1")
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Figure:
    """One key figure with its line of working days and its totals."""

    label: str
    value: str
    unit: str
    points: Sequence[Any]
    totals: Sequence[tuple[str, str]]
    url: str


@dataclass(frozen=True)
class Draw:
    """The seal on the home page: of the latest selection, or before the first one of an order."""

    digest: str
    title: str
    url: str
    at: datetime
    is_selected: bool


def draw_of(facts: HomeFacts) -> Draw | None:
    """Return what the pattern is drawn from; None before the first order is published."""
    latest = facts.draw
    if latest is None:
        return None
    page = "bidding:tender_verify" if latest.is_selected else "bidding:tender"
    url = reverse(page, args=[latest.code])
    return Draw(latest.commitment, latest.title, url, latest.at, latest.is_selected)


@dataclass(frozen=True)
class Ways:
    """Where a reader goes to do things; nobody is sent to a page that refuses their unit."""

    publish_url: str
    rate_url: str
    record_url: str


def ways_of(party: Party | None) -> Ways:
    """Return the ways of who acts for `party`; of the public for None."""
    kinds = Organization.Kind
    kind = party.organization.kind if party else None
    may_buy = kind in {None, kinds.BUYER}
    register = reverse("marketplace:register_buyer")
    return Ways(
        publish_url=reverse("bidding:tender_new") if may_buy else register,
        rate_url=reverse("bidding:buyer_tenders") if may_buy else register,
        record_url=reverse(
            "credit:restriction_list" if kind == kinds.AUTHORITY else "credit:own_record"
        ),
    )


def examples_of(facts: HomeFacts) -> list[str]:
    """Return things to search for that are there: a place with a class, a class, a code."""
    examples: list[str] = []
    for line in facts.closing[:1]:
        examples = [f"{line.city} {line.service_class}"] if line.service_class else []
        examples.append(line.code)
    busy = [share.row.name for share in facts.classes[:2] if share.count]
    return [*examples[:1], *busy[1:], *examples[1:]]


def figures_of(facts: HomeFacts) -> list[Figure]:
    """Return the four key figures."""
    published, awarded = facts.published, facts.awarded
    published_day, awarded_day = (_day(one, facts) for one in (published, awarded))
    orders, awards = reverse("bidding:tender_list"), reverse("bidding:award_list")
    return [
        Figure(
            _("%(day)s发布采购公告") % {"day": published_day},
            f"{published.latest:,}",
            _("项"),
            published.days,
            _totals(published, lambda count: f"{count:,}"),
            orders,
        ),
        Figure(
            _("%(day)s中选") % {"day": awarded_day},
            f"{awarded.latest.count:,}",
            _("项"),
            [day.count for day in awarded.days],
            _totals(awarded, lambda sums: f"{sums.count:,}"),
            awards,
        ),
        Figure(
            _("%(day)s中选金额") % {"day": awarded_day},
            wan_value(awarded.latest.amount) if awarded.latest.amount else "0",
            wan_unit(awarded.latest.amount),
            [day.amount for day in awarded.days],
            _totals(awarded, _short_amount),
            awards,
        ),
        _discount(awarded, awards),
    ]


def _day(stretch: Stretch, facts: HomeFacts) -> str:
    """Say of which day a figure is."""
    return _("今日") if stretch.latest_on == facts.today else cn_short(stretch.latest_on)


def _discount(awarded: Stretch, url: str) -> Figure:
    """Return the saving of the last working days; a day without awards keeps the one before."""
    recent = sum(awarded.days, Sums())
    points: list[Decimal] = []
    for day in awarded.days:
        last = points[-1] if points else recent.below_ceiling or Decimal()
        points.append(last if day.below_ceiling is None else day.below_ceiling)
    return Figure(
        _("近 %(days)s 个工作日中选价低于限价") % {"days": len(awarded.days)},
        _percent(recent.below_ceiling, ""),
        "%" if recent.below_ceiling is not None else "",
        points if recent.ceiling else (),
        _totals(awarded, lambda sums: _percent(sums.below_ceiling, "%")),
        url,
    )


def _totals(stretch: Stretch, write: Callable[[Any], str]) -> list[tuple[str, str]]:
    return [(_("本月"), write(stretch.month)), (_("本年"), write(stretch.year))]


def _short_amount(sums: Sums) -> str:
    """Write an amount as short as it goes: 507.15 万, 1.46 亿; the unit stands in the heading."""
    if not sums.amount:
        return "0"
    unit = wan_unit(sums.amount).removesuffix(_("元"))
    return f"{wan_value(sums.amount)} {unit}"


def _percent(value: Decimal | None, unit: str) -> str:
    if value is None:
        return "—"
    rounded = abs(value).quantize(TENTH, ROUND_HALF_UP)
    return f"{MINUS if value < 0 else ''}{rounded}{unit}"
