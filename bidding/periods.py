"""When each thing in an order's life is due, from the rules and the calendar. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bidding.rules import Rules
from marketplace.kernel.calendar import (
    ONE_DAY,
    Deadline,
    WorkCalendar,
    add_working_days,
    day_of,
    end_of_day,
    is_working_day,
)


class PeriodTooShort(ValueError):
    """A sign-up period has fewer working days than the rules demand."""


class PaymentTermTooLong(ValueError):
    """A contract agrees on more days for payment than the rules allow."""


def earliest_tender_period_end(
    published_at: datetime, rules: Rules, calendar: WorkCalendar
) -> Deadline:
    """
    Return the first deadline for sign-ups that the rules allow; an earlier one is refused.

    Source: 平台默认（规则手册 order.signup_min）
    """
    return add_working_days(day_of(published_at), rules.signup_min_days, calendar)


def tender_period_end(
    published_at: datetime, days: int, rules: Rules, calendar: WorkCalendar
) -> Deadline:
    """
    Return the deadline for sign-ups `days` working days after the day of publication.

    Raises:
        PeriodTooShort: `days` is less than the rules demand.

    Source: 平台默认（规则手册 order.signup_min）
    """
    if days < rules.signup_min_days:
        raise PeriodTooShort(days)
    return add_working_days(day_of(published_at), days, calendar)


def direct_accept_due(published_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when the agency named in a direct order may accept.

    Source: 平台默认（规则手册 direct.accept）
    """
    return add_working_days(day_of(published_at), rules.direct_accept_days, calendar)


def opening_at(period_end: datetime, rules: Rules) -> datetime:
    """
    Return the instant from which offers may be opened.

    The grace after `period_end` is longer than any request may last, so that an offer that arrived
    in time and waits for a lock is in.

    Source: 平台默认（规则手册 opening.grace）
    """
    return period_end + timedelta(seconds=rules.opening_grace_seconds)


def register_due(selected_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when an officer registers the selection.

    Source: 平台默认（规则手册 selection.register）
    """
    return add_working_days(day_of(selected_at), rules.selection_register_days, calendar)


def result_publicity_end(published_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return the end of the result's publicity, until which objections are taken.

    Source: 平台默认（规则手册 result.publicity）
    """
    return add_working_days(day_of(published_at), rules.result_publicity_days, calendar)


def complaint_due(known_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when onboarding or the operator's service may be complained about.

    Source: 平台默认（参考：广东省规定；规则手册 complaint.file）
    """
    return add_working_days(day_of(known_at), rules.complaint_file_days, calendar)


def complaint_answer_due(received_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when a complaint is answered.

    Source: 平台默认（规则手册 complaint.answer）
    """
    return add_working_days(day_of(received_at), rules.complaint_answer_days, calendar)


def sign_due(awarded_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when the contract is signed, counted from the award letter.

    Source: 平台默认（规则手册 contract.sign）
    """
    return add_working_days(day_of(awarded_at), rules.contract_sign_days, calendar)


def service_due(signed_at: datetime, service_days: int, calendar: WorkCalendar) -> Deadline:
    """
    Return until when the result is delivered: `service_days` working days from the signature.

    Source: 平台默认
    """
    return add_working_days(day_of(signed_at), service_days, calendar)


def late_service_from(due: Deadline, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return the end of the tolerance after `due`; undelivered at that instant is misconduct.

    Source: 平台默认（参考：湖口县规定；规则手册 service.late_tolerance）
    """
    end = add_working_days(due.day, rules.late_tolerance_days, calendar)
    return Deadline(end.day, provisional=due.provisional or end.provisional)


def acceptance_due(delivered_at: datetime, rules: Rules) -> Deadline:
    """
    Return until when a delivery is accepted or returned, in calendar days.

    Source: 平台默认（规则手册 acceptance.window）
    """
    return _calendar_days(delivered_at, rules.acceptance_window_calendar_days)


def payment_due(accepted_at: datetime, rules: Rules, agreed_days: int | None = None) -> Deadline:
    """
    Return until when the buyer pays, in calendar days from the acceptance.

    Without `agreed_days` in the contract the term of public bodies holds.

    Raises:
        PaymentTermTooLong: the contract agrees on more days than the rules allow.

    Source: 《保障中小企业款项支付条例》（规则手册 payment.public_body、payment.by_contract_max）
    """
    if agreed_days is None:
        agreed_days = rules.payment_public_body_calendar_days
    if agreed_days > rules.payment_contract_max_calendar_days:
        raise PaymentTermTooLong(agreed_days)
    return _calendar_days(accepted_at, agreed_days)


def rating_due(accepted_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when the buyer rates, counted from the acceptance; silence is "not rated".

    Source: 平台默认（参考：吴江区规定；规则手册 rating.window）
    """
    return add_working_days(day_of(accepted_at), rules.rating_window_days, calendar)


def amend_due(rated_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when a rating may be amended.

    Source: 平台默认（参考：吴江区规定；规则手册 rating.amend）
    """
    return add_working_days(day_of(rated_at), rules.rating_amend_days, calendar)


def reminder_at(
    start: datetime, end: datetime, rules: Rules, calendar: WorkCalendar
) -> datetime | None:
    """
    Return when to remind of a deadline that ends at `end`: whole working days before it.

    None when that lies before `start`, from which the deadline runs.

    Source: 平台默认（规则手册 reminder.before）
    """
    day = day_of(end)
    left = rules.reminder_days
    while left:
        day -= ONE_DAY
        left -= is_working_day(day, calendar)
    moment = end_of_day(day - ONE_DAY)
    return moment if moment > start else None


def archive_end(archived_at: datetime, rules: Rules) -> Deadline:
    """
    Return the last day on which the file must still be kept; 29 February ends on 1 March.

    Source: 平台默认（规则手册 archive.years）
    """
    day = day_of(archived_at)
    year = day.year + rules.archive_years
    try:
        return Deadline(day.replace(year=year))
    except ValueError:
        return Deadline(date(year, 3, 1))


def _calendar_days(start: datetime, days: int) -> Deadline:
    return Deadline(day_of(start) + timedelta(days=days))
