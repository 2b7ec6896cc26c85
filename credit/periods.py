"""When each step of a case is due and until when a restriction runs. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime

from credit.rules import DECISION, STATEMENT
from marketplace.kernel.calendar import (
    INSTANT,
    Deadline,
    WorkCalendar,
    day_of,
    end_of_day,
)
from marketplace.kernel.declarations import Rules

MONTHS_PER_YEAR = 12


def statement_due(notified_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when the agency may state its case, counted from the day of the notice.

    Source: 平台默认（规则手册 sanction.statement）
    """
    return rules[STATEMENT].after(notified_at, calendar)


def decision_due(stated_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when a decision is made, counted from the day on which the statement ended.

    A period that ran out at midnight ended on the day before it.

    Source: 平台默认（规则手册 sanction.decision）
    """
    return rules[DECISION].after(stated_at - INSTANT, calendar)


def restriction_end(effective_from: datetime, months: int) -> datetime:
    """
    Return the instant a restriction ends: 24:00 of the same day of the month, `months` later.

    A month without that day ends it on its last day; no months end it as it begins.

    Source: 平台默认
    """
    if months == 0:
        return effective_from
    return end_of_day(months_later(day_of(effective_from), months))


def months_later(day: date, months: int) -> date:
    """Return the same day `months` later; a month without that day has its last one."""
    years, month = divmod(day.month - 1 + months, MONTHS_PER_YEAR)
    year, month = day.year + years, month + 1
    last = monthrange(year, month)[1]
    return date(year, month, min(day.day, last))
