"""How the value of a rule is read by people: with its unit, in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel.durations import Duration
from marketplace.kernel.kinds import Days, Option

MINUS = "\N{MINUS SIGN}"
UNITS: dict[str, Any] = {
    "": "",
    "working_day": gettext_lazy("个工作日"),
    "calendar_day": gettext_lazy("日"),
    "second": gettext_lazy("秒"),
    "minute": gettext_lazy("分钟"),
    "hour": gettext_lazy("小时"),
    "month": gettext_lazy("个月"),
    "year": gettext_lazy("年"),
    "yuan": gettext_lazy("元"),
    "percent": gettext_lazy("%"),
    "count": "",
    "points": gettext_lazy("分"),
    "megabyte": gettext_lazy("兆字节"),
    "switch": "",
    "choice": "",
}
UNSPACED = {"", "%"}


def in_words(value: Any, unit: str = "") -> str:
    """
    Return a value of a rule as people read it: 3 个工作日, −0.5 分, 3 至 12 个月, 可用.

    A duration knows its unit; for other values `unit` says it.
    """
    match value:
        case bool():
            return _("可用") if value else _("停用")
        case Duration():
            return with_unit(figure(value.count), value.unit)
        case (first, last) if not isinstance(value, Days):
            ends = {"first": figure(first), "last": in_words(last, unit)}
            return _("%(first)s 至 %(last)s") % ends
        case Mapping():
            return with_unit(" : ".join(figure(part) for part in value.values()), unit)
        case str():
            return _(value.label) if isinstance(value, Option) else value
    figures = [figure(one) for one in (value if isinstance(value, Days) else [value])]
    return with_unit("、".join(figures), unit)


def figure(number: Decimal | int) -> str:
    """Return a number with its thousands apart and a true minus sign."""
    if isinstance(number, Decimal) and number == number.to_integral_value():
        number = int(number)
    return f"{number:,}".replace("-", MINUS)


def with_unit(text: str, unit: str) -> str:
    """Put the unit behind a figure."""
    word = str(UNITS.get(unit, unit))
    return f"{text}{'' if word in UNSPACED else ' '}{word}"
