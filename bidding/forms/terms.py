"""Lengths of time, read as people write them, with the unit that they write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bidding.forms.amounts import folded
from bidding.models.tender import ServiceUnit
from marketplace.kernel.kinds import MOST_TIME
from marketplace.kernel.wording import with_unit

WORKING_DAYS, DAYS, MONTHS, YEARS = _("个?工作日"), _("个?(?:日历)?[天日]"), _("个?月"), _("年")
AGREED, COMPLETION = _("合同约定"), _("竣工验收")
WRITTEN = re.compile(
    rf"^(?P<count>[0-9]{{1,9}})(?:(?P<working_day>{WORKING_DAYS})|(?P<calendar_day>{DAYS})"
    rf"|(?P<month>{MONTHS})|(?P<year>{YEARS}))?$"
)
YEAR = 12
PICKED = "%Y-%m-%dT%H:%M"
"""How a browser's control for a moment writes it."""
MOMENTS = (PICKED, "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M")


@dataclass(frozen=True)
class ServiceTime:
    """How long a service takes: a number of a unit, or None where none is counted."""

    count: int | None
    unit: ServiceUnit

    @property
    def columns(self) -> dict[str, Any]:
        """The same as the columns of an order."""
        return {"service_time": self.count, "service_unit": self.unit}

    def __str__(self) -> str:
        if self.count is None:
            return str(self.unit.label)
        return with_unit(str(self.count), self.unit)


def read_days(text: str) -> int:
    """
    Return a number of working days; a number alone is one.

    Raises:
        ValidationError: it is none, out of range, or of days of another kind.
    """
    match = WRITTEN.match(folded(text))
    is_counted = match is not None and match.lastgroup in {"count", "working_day"}
    if match is None or not is_counted or not 0 < int(match["count"]) <= MOST_TIME:
        raise ValidationError(
            _("请填写 1 至 %(greatest)s 之间的整数，单位是工作日，例如 20。")
            % {"greatest": f"{MOST_TIME:,}"}
        )
    return int(match["count"])


def read_time(text: str) -> ServiceTime:
    """
    Return how long a service takes, in the unit that is written; a number alone is working days.

    Raises:
        ValidationError: it says no time, or one out of range.
    """
    plain = folded(text)
    match = WRITTEN.match(plain)
    if match is not None and 0 < int(match["count"]) * _times(match) <= MOST_TIME:
        return ServiceTime(int(match["count"]) * _times(match), _unit(match))
    if match is None and str(AGREED) in plain:
        return ServiceTime(None, ServiceUnit.AGREED)
    if match is None and str(COMPLETION) in plain:
        return ServiceTime(None, ServiceUnit.COMPLETION)
    raise ValidationError(
        _(
            "请写明时间和单位，例如 20 个工作日、60 日、3 个月，或者“合同约定”“至竣工验收”；"
            "数字在 1 至 %(greatest)s 之间。"
        )
        % {"greatest": f"{MOST_TIME:,}"}
    )


def _times(match: re.Match[str]) -> int:
    return YEAR if match.lastgroup == "year" else 1


def _unit(match: re.Match[str]) -> ServiceUnit:
    if match.lastgroup in {"month", "year"}:
        return ServiceUnit.MONTH
    return ServiceUnit.CALENDAR_DAY if match["calendar_day"] else ServiceUnit.WORKING_DAY


class DaysField(forms.Field):
    """A number of working days, at least one; its value is an int."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 12}
        super().__init__(**{"widget": forms.TextInput(attrs=attrs), **kwargs})

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        return read_days(text) if text else None


class MomentField(forms.DateTimeField):
    """A moment to the minute, in China; its value is an aware datetime."""

    default_error_messages = {
        "invalid": _("请填写日期和时间，例如 2026-12-03 16:30。"),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, format=PICKED)
        super().__init__(**{"widget": widget, "input_formats": MOMENTS, **kwargs})


class TimeField(forms.Field):
    """How long a service takes; its value is a `ServiceTime`."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "maxlength": 32}
        super().__init__(**{"widget": forms.TextInput(attrs=attrs), **kwargs})

    def to_python(self, value: Any) -> ServiceTime | None:
        text = str(value or "").strip()
        return read_time(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, ServiceTime) else value
