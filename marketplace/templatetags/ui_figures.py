"""Money, large totals, bars and key figures; part of the library `ui`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.web.capitals import in_capitals
from marketplace.web.components import Component, Text

register = template.Library()

CENT = Decimal("0.01")
TEN_THOUSAND = Decimal(10_000)
HUNDRED_MILLION = Decimal(100_000_000)


def decimal_of(value: object) -> Decimal | None:
    """Return a figure as an exact number, or None for a missing one."""
    if value is None or value == "":
        return None
    return value if isinstance(value, Decimal) else Decimal(str(value))


@register.filter
def money(value: object) -> str:
    """Write an amount in yuan to the cent: ¥1,234,567.00; nothing for None."""
    amount = decimal_of(value)
    if amount is None:
        return ""
    sign = "−" if amount < 0 else ""
    return f"{sign}¥{abs(amount).quantize(CENT, ROUND_HALF_UP):,}"


@register.filter
def money_in_full(value: object) -> str:
    """Write an amount in figures and in capitals, as a contract states it; nothing for None."""
    amount = decimal_of(value)
    if amount is None:
        return ""
    parts = {"figures": money(amount), "capitals": in_capitals(amount)}
    return _("%(figures)s（%(capitals)s）") % parts


@register.filter
def wan_value(value: object) -> str:
    """Write the figure of a large total in the unit that `wan_unit` names."""
    amount = decimal_of(value) or Decimal()
    if abs(amount) >= HUNDRED_MILLION:
        amount /= HUNDRED_MILLION
    elif abs(amount) >= TEN_THOUSAND:
        amount /= TEN_THOUSAND
    return f"{amount.quantize(CENT, ROUND_HALF_UP):,}"


@register.filter
def wan_unit(value: object) -> str:
    """Name the unit of a large total."""
    amount = abs(decimal_of(value) or Decimal())
    if amount >= HUNDRED_MILLION:
        return _("亿元")
    return _("万元") if amount >= TEN_THOUSAND else _("元")


@register.filter
def wan(value: object) -> SafeString:
    """Write a large total short (612.40 万元, 1.46 亿元) with the exact amount as its title."""
    return format_html(
        '<span class="nb" title="{}">{} {}</span>', money(value), wan_value(value), wan_unit(value)
    )


@register.simple_tag
def meter(value: object, maximum: object = 100, tone: str = "") -> SafeString:
    """Draw how far something has gone; decoration, the words beside it say the same."""
    ceiling = decimal_of(maximum) or Decimal(1)
    share = min(max((decimal_of(value) or Decimal()) / ceiling, Decimal()), Decimal(1)) * 100
    return format_html(
        '<svg class="z-meter{}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"'
        ' focusable="false"><rect class="b" width="100" height="6"/>'
        '<rect class="v" width="{}" height="6"/></svg>',
        f" {tone}" if tone else "",
        f"{share:.1f}",
    )


@dataclass(frozen=True)
class Spark:
    """A line over so many working days, as an SVG path on 120 x 32 units."""

    line: str
    area: str
    days: int


def _spark(points: Sequence[object]) -> Spark | None:
    values = [float(decimal_of(point) or 0) for point in points]
    if len(values) < 2:
        return None
    low, high = min(values), max(values)
    step, span = 120 / (len(values) - 1), (high - low) or 1
    dots = [
        f"{n * step:.1f} {29 - (value - low) / span * 26:.1f}" for n, value in enumerate(values)
    ]
    line = "M" + "L".join(dots)
    return Spark(line, f"{line}L120 32L0 32z", len(values))


@dataclass(frozen=True)
class Figure(Component):
    """A key figure; `totals` are (word, figure), `url` the rows that it counts."""

    label: Text
    value: object
    unit: Text
    spark: Spark | None
    totals: Sequence[tuple[str, object]]
    url: str

    template_name = "components/figure.html"


@register.simple_tag
def figure(
    label: Text,
    value: object,
    unit: Text = "",
    points: Sequence[object] = (),
    totals: Sequence[tuple[str, object]] = (),
    url: str = "",
) -> SafeString:
    """Draw a key figure; `points` makes a line of the last days, `totals` are (word, figure)."""
    return Figure(label, value, unit, _spark(points), totals, url).render_html()
