"""Moments as people read them, in Beijing time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dates import MONTHS_AP
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def local(value: date | datetime) -> date | datetime:
    """Return a moment in Beijing time; a day as it is."""
    is_aware = isinstance(value, datetime) and timezone.is_aware(value)
    return timezone.localtime(value) if is_aware else value  # type: ignore[arg-type]


def _written(value: date | datetime | None, *, year: bool, clock: bool) -> str:
    if value is None or value == "":
        return ""
    here = local(value)
    named = {"month": here.month, "day": here.day, "name": MONTHS_AP[here.month]}
    day = _("%(month)s月%(day)s日") % named
    if year:
        day = _("%(year)s年%(day)s") % {"year": here.year, "day": day}
    if clock and isinstance(here, datetime):
        return f"{day} {here:%H:%M}"
    return day


def cn_datetime(value: date | datetime | None) -> str:
    """Write 2026年11月22日 18:00."""
    return _written(value, year=True, clock=True)


def cn_date(value: date | datetime | None) -> str:
    """Write 2026年11月22日."""
    return _written(value, year=True, clock=False)


def cn_short(value: date | datetime | None) -> str:
    """Write 11月22日 18:00, for tight places within the year."""
    return _written(value, year=False, clock=True)


def _deadline(value: date | datetime | None, *, year: bool) -> str:
    if not isinstance(value, datetime) or timezone.localtime(value).time() != time.min:
        return _written(value, year=year, clock=True)
    return f"{_written(value - timedelta(seconds=1), year=year, clock=False)} 24:00"


def cn_deadline(value: date | datetime | None) -> str:
    """Write a deadline; one that falls on midnight reads as 24:00 of the day it ends."""
    return _deadline(value, year=True)


def cn_deadline_short(value: date | datetime | None) -> str:
    """Write the same without the year."""
    return _deadline(value, year=False)


def cn_weekday(value: date | datetime | None) -> str:
    """Write 2026年11月22日 星期日 18:00, or a day without the time."""
    if not value:
        return ""
    here = local(value)
    clock = f"{here:%H:%M}" if isinstance(here, datetime) else ""
    return f"{cn_date(value)} {date_format(here, 'l')} {clock}".strip()
