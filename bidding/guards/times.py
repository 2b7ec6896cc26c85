"""How long an order takes answers, when it selects, and how long its service may last."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from bidding import periods
from bidding.models import Tender
from bidding.rules.openings import OPENING_GRACE
from bidding.rules.orders import SELECTION_MAX, SERVICE_MAX, SIGNUP_MAX, SIGNUP_MIN
from marketplace.kernel.calendar import Deadline
from marketplace.kernel.declarations import Rules
from marketplace.kernel.durations import Duration
from marketplace.kernel.kinds import MOST_TIME
from marketplace.kernel.laws import FORM
from marketplace.kernel.models import CalendarDay
from marketplace.kernel.verdicts import Because, guard
from marketplace.kernel.wording import in_words


# --- The sign-up ----------------------------------------------------------------------------------
@guard(_("报名期的天数和报名截止时间只填一项"), source=FORM)
def sign_up_ends_by_days_or_at_a_time(tender: Tender) -> bool:
    return tender.signup_days is None or tender.signup_until is None


@guard(_("报名期不能少于 %(period)s"), rule=SIGNUP_MIN.key)
def sign_up_period_is_long_enough(tender: Tender, rules: Rules, at: datetime) -> bool | Because:
    """Ask of an order as if it were published at `at`; another guard refuses days without end."""
    if tender.signup_until is None and (
        tender.signup_days is None or tender.signup_days > MOST_TIME
    ):
        return True
    try:
        return bool(_sign_up_end(tender, rules, at))
    except periods.PeriodTooShort:
        return Because(period=in_words(rules[SIGNUP_MIN]))


@guard(_("报名期不能超过 %(period)s"), rule=SIGNUP_MAX.key)
def sign_up_period_is_short_enough(tender: Tender, rules: Rules, at: datetime) -> bool | Because:
    longest = rules[SIGNUP_MAX]
    if tender.signup_until is not None:
        calendar = CalendarDay.objects.work_calendar()
        is_short = tender.signup_until <= longest.after(at, calendar).ends_at
    else:
        is_short = tender.signup_days is None or tender.signup_days <= longest.count
    return True if is_short else Because(period=in_words(longest))


# --- The selection --------------------------------------------------------------------------------
@guard(_("选取时间须在报名截止 %(grace)s以后"), rule=OPENING_GRACE.key)
def selection_follows_the_sign_up(tender: Tender, rules: Rules, at: datetime) -> bool | Because:
    """Ask of an order as if it were published at `at`; a sign-up that is refused says so itself."""
    agreed = _agreed_selection(tender, rules, at)
    if agreed is None or agreed.selection >= periods.opening_at(agreed.sign_up_end, rules):
        return True
    return Because(grace=in_words(rules[OPENING_GRACE]))


@guard(_("选取时间最迟在报名截止后 %(period)s内"), rule=SELECTION_MAX.key)
def selection_is_soon_after_the_sign_up(
    tender: Tender, rules: Rules, at: datetime
) -> bool | Because:
    agreed = _agreed_selection(tender, rules, at)
    if agreed is None:
        return True
    last_day, calendar = Deadline.at(agreed.sign_up_end).day, CalendarDay.objects.work_calendar()
    if agreed.selection <= rules[SELECTION_MAX].after_day(last_day, calendar).ends_at:
        return True
    return Because(period=in_words(rules[SELECTION_MAX]))


class _Agreed(NamedTuple):
    """When an order selects, and when its sign-up ends, as if it were published now."""

    selection: datetime
    sign_up_end: datetime


def _agreed_selection(tender: Tender, rules: Rules, at: datetime) -> _Agreed | None:
    """Return the agreed times; None where none is agreed, or the sign-up itself is refused."""
    end = _announced_end(tender, rules, at) if tender.selection_at else None
    return None if end is None or tender.selection_at is None else _Agreed(tender.selection_at, end)


def _sign_up_end(tender: Tender, rules: Rules, at: datetime) -> datetime:
    calendar = CalendarDay.objects.work_calendar()
    return periods.sign_up_end(
        at, rules, calendar, days=tender.signup_days, until=tender.signup_until
    ).ends_at


def _announced_end(tender: Tender, rules: Rules, at: datetime) -> datetime | None:
    if tender.signup_until is not None:
        return tender.signup_until
    if tender.signup_days is not None and tender.signup_days > MOST_TIME:
        return None
    try:
        return _sign_up_end(tender, rules, at)
    except periods.PeriodTooShort:
        return None


# --- The service ----------------------------------------------------------------------------------
@guard(_("服务期限不能超过 %(period)s"), rule=SERVICE_MAX.key)
def service_period_is_short_enough(tender: Tender, rules: Rules, at: datetime) -> bool | Because:
    """Of a period in another unit than the rule's the ends are compared, counted from `at`."""
    period, longest = tender.service_period, rules[SERVICE_MAX]
    if period is None or not _is_longer(period, longest, at):
        return True
    return Because(period=in_words(longest))


def _is_longer(period: Duration, other: Duration, at: datetime) -> bool:
    if period.unit == other.unit or period.count > MOST_TIME:
        return period.count > other.count
    calendar = CalendarDay.objects.work_calendar()
    return period.after(at, calendar).ends_at > other.after(at, calendar).ends_at
