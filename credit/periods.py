"""When each step of a case is due and until when a restriction runs. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime

from credit.rules import (
    APPEAL,
    CHECK,
    DECISION,
    HEARING,
    JUDGMENT,
    REPAIR,
    REPAIR_AFTER,
    REVIEW,
    STATEMENT,
)
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


def check_due(found_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when what was found is looked into, counted from the day it was found.

    Source: 平台默认（规则手册 sanction.check）
    """
    return rules[CHECK].after(found_at, calendar)


def hearing_due(asked_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when a hearing is held, counted from the day it was asked for.

    Source: 平台默认（规则手册 sanction.hearing）
    """
    return rules[HEARING].after(asked_at, calendar)


def appeal_due(decided_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when a review may be asked for, counted from the day of the decision.

    Source: 平台默认（规则手册 sanction.appeal）
    """
    return rules[APPEAL].after(decided_at, calendar)


def review_due(filed_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when a review is decided, counted from the day it was asked for.

    Source: 平台默认（规则手册 sanction.review）
    """
    return rules[REVIEW].after(filed_at, calendar)


def repair_due(filed_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when a repair is decided, counted from the day it was asked for.

    Source: 平台默认（规则手册 sanction.repair）
    """
    return rules[REPAIR].after(filed_at, calendar)


def judgment_due(occurred_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when a reason is judged, counted from the day of the fact.

    Source: 平台默认（规则手册 credit.judgment）
    """
    return rules[JUDGMENT].after(occurred_at, calendar)


def repairable_from(effective_from: datetime, severity: str, rules: Rules) -> datetime:
    """
    Return the instant from which (inclusive) a repair may be asked for.

    Source: 平台默认（规则手册 sanction.repair_after）
    """
    return restriction_end(effective_from, rules.cell(REPAIR_AFTER, severity).count)


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
