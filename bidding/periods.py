"""When each thing in an order's life is due, from the rules and the calendar. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bidding.rules.bids import COST_EXPLAIN, COST_JUDGE
from bidding.rules.contracts import (
    ACCEPTANCE_WINDOW,
    CONTRACT_SIGN,
    LATE_TOLERANCE,
    PAYMENT_DUE,
    PAYMENT_DUE_LARGE,
    PAYMENT_LONGEST,
    RATING_AMEND,
    RATING_WINDOW,
    REMINDER,
)
from bidding.rules.disputes import (
    DISPUTE_ANSWER,
    DISPUTE_CHECK,
    DISPUTE_DECIDE,
    DISPUTE_ESCALATE,
    DISPUTE_FILE,
    REPORT_ANSWER,
)
from bidding.rules.inspections import INSPECTION_NOTICE
from bidding.rules.methods import CHOOSE, DIRECT_ACCEPT, PANEL_ANSWER, PANEL_SCORE, SCORE
from bidding.rules.notices import ANSWER_UNTIL, QUESTION_UNTIL
from bidding.rules.openings import OPENING_GRACE, RESULT_PUBLICITY, SELECTION_REGISTER
from bidding.rules.orders import SIGNUP_MIN
from marketplace.kernel.calendar import Deadline, WorkCalendar, add_working_days, day_of
from marketplace.kernel.declarations import Rules
from marketplace.kernel.durations import Duration


class PeriodTooShort(ValueError):
    """A sign-up period has fewer working days than the rules demand."""


def earliest_tender_period_end(
    published_at: datetime, rules: Rules, calendar: WorkCalendar
) -> Deadline:
    """
    Return the first deadline for sign-ups that the rules allow; an earlier one is refused.

    Source: 平台默认（规则手册 order.signup_min）
    """
    return rules[SIGNUP_MIN].after(published_at, calendar)


def tender_period_end(
    published_at: datetime, days: int, rules: Rules, calendar: WorkCalendar
) -> Deadline:
    """
    Return the deadline for sign-ups `days` working days after the day of publication.

    Raises:
        PeriodTooShort: `days` is less than the rules demand.

    Source: 平台默认（规则手册 order.signup_min）
    """
    end = add_working_days(day_of(published_at), days, calendar)
    if end.ends_at < earliest_tender_period_end(published_at, rules, calendar).ends_at:
        raise PeriodTooShort(days)
    return end


def sign_up_end(
    published_at: datetime,
    rules: Rules,
    calendar: WorkCalendar,
    *,
    days: int | None = None,
    until: datetime | None = None,
) -> Deadline:
    """
    Return the deadline for sign-ups as the buyer set it: an instant, days, or the shortest period.

    Raises:
        PeriodTooShort: it is earlier than the rules allow.

    Source: 平台默认（规则手册 order.signup_min）
    """
    if until is not None:
        if until < earliest_tender_period_end(published_at, rules, calendar).ends_at:
            raise PeriodTooShort(until)
        return Deadline.at(until)
    if not days:
        return earliest_tender_period_end(published_at, rules, calendar)
    return tender_period_end(published_at, days, rules, calendar)


def direct_accept_due(published_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when the agency named in a direct order may accept.

    Source: 平台默认（规则手册 direct.accept）
    """
    return rules[DIRECT_ACCEPT].after(published_at, calendar)


def questions_end(period_end: datetime, rules: Rules) -> datetime:
    """
    Return until when (exclusive) questions about an order are taken.

    Source: 平台默认（规则手册 question.until）
    """
    return period_end - rules[QUESTION_UNTIL].span


def answers_end(period_end: datetime, rules: Rules) -> datetime:
    """
    Return until when (exclusive) a question may be answered, so that bidders can still react.

    Source: 平台默认（规则手册 question.answer_until）
    """
    return period_end - rules[ANSWER_UNTIL].span


def opening_at(period_end: datetime, rules: Rules) -> datetime:
    """
    Return the instant from which offers may be opened.

    The grace after `period_end` is longer than any request may last, so that an offer that arrived
    in time and waits for a lock is in.

    Source: 平台默认（规则手册 opening.grace）
    """
    return period_end + rules[OPENING_GRACE].span


def register_due(selected_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when an officer registers the selection.

    Source: 平台默认（规则手册 selection.register）
    """
    return rules[SELECTION_REGISTER].after(selected_at, calendar)


def cost_explain_due(opened_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when a bidder explains what an abnormally low quote costs.

    Source: 平台默认（规则手册 bid.cost_explain）
    """
    return rules[COST_EXPLAIN].after(opened_at, calendar)


def cost_judge_due(given_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when the owner judges the explanation; what is not judged holds.

    Source: 平台默认（规则手册 bid.cost_judge）
    """
    return rules[COST_JUDGE].after(given_at, calendar)


def choose_due(
    selected_at: datetime, rules: Rules, calendar: WorkCalendar, *, is_scored: bool
) -> Deadline:
    """
    Return until when somebody is chosen, or scored, among those that the selection listed.

    Source: 平台默认（规则手册 selection.choose、selection.score）
    """
    return rules[SCORE if is_scored else CHOOSE].after(selected_at, calendar)


def panel_answer_due(invited_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when an expert says whether to take a seat.

    Source: 平台默认（规则手册 experts.answer）
    """
    return rules[PANEL_ANSWER].after(invited_at, calendar)


def panel_sheet_due(accepted_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when an expert hands in the sheet.

    Source: 平台默认（规则手册 experts.score）
    """
    return rules[PANEL_SCORE].after(accepted_at, calendar)


def result_publicity_end(published_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return the end of the result's publicity, until which objections are taken.

    Source: 平台默认（规则手册 result.publicity）
    """
    return rules[RESULT_PUBLICITY].after(published_at, calendar)


def sign_due(awarded_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when the contract is signed, counted from the award letter.

    Source: 平台默认（规则手册 contract.sign）
    """
    return rules[CONTRACT_SIGN].after(awarded_at, calendar)


def service_due(signed_at: datetime, period: Duration, calendar: WorkCalendar) -> Deadline:
    """
    Return until when the result is delivered: `period` from the day of the signature.

    Source: 平台默认
    """
    return period.after(signed_at, calendar)


def late_service_from(due: Deadline, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return the end of the tolerance after `due`; undelivered at that instant is misconduct.

    Source: 平台默认（参考：湖口县规定；规则手册 service.late_tolerance）
    """
    end = rules[LATE_TOLERANCE].after_day(due.day, calendar)
    return replace(end, provisional=due.provisional or end.provisional)


def acceptance_due(delivered_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when a delivery is accepted or returned.

    Source: 平台默认（规则手册 acceptance.window）
    """
    return rules[ACCEPTANCE_WINDOW].after(delivered_at, calendar)


def payment_due(since: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when a public body pays a small or medium agency that has agreed on no other time.

    It counts from the delivery, or from the acceptance where that was made the condition.

    Source: 《保障中小企业款项支付条例》第九条、第十条（规则手册 payment.due）
    """
    return rules[PAYMENT_DUE].after(since, calendar)


def payment_due_of_large(since: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return the same of a large enterprise; for it no law says what may be agreed on at most.

    Source: 《保障中小企业款项支付条例》第九条、第十条（规则手册 payment.due_large）
    """
    return rules[PAYMENT_DUE_LARGE].after(since, calendar)


def payment_latest(since: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when a public body pays at the latest, whatever was agreed on.

    Source: 《保障中小企业款项支付条例》第九条、第十条（规则手册 payment.longest）
    """
    return rules[PAYMENT_LONGEST].after(since, calendar)


def rating_due(accepted_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when the buyer rates, counted from the acceptance; silence is "not rated".

    Source: 平台默认（参考：吴江区规定；规则手册 rating.window）
    """
    return rules[RATING_WINDOW].after(accepted_at, calendar)


def amend_due(rated_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when a rating may be amended.

    Source: 平台默认（参考：吴江区规定；规则手册 rating.amend）
    """
    return rules[RATING_AMEND].after(rated_at, calendar)


def reminder_at(
    start: datetime, end: datetime, rules: Rules, calendar: WorkCalendar
) -> datetime | None:
    """
    Return when to remind of a deadline that ends at `end`.

    None when that lies before `start`, from which the deadline runs.

    Source: 平台默认（规则手册 reminder.before）
    """
    moment = rules[REMINDER].before(end, calendar)
    return moment if moment > start else None


def filing_ends(occurred_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when a complaint may be filed about what happened at `occurred_at`.

    Source: 平台默认（规则手册 complaint.file）
    """
    return rules[DISPUTE_FILE].after(occurred_at, calendar)


def check_due(filed_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when an officer says whether an objection or a complaint is taken up.

    Source: 平台默认（规则手册 complaint.check）
    """
    return rules[DISPUTE_CHECK].after(filed_at, calendar)


def answer_due(accepted_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when the other side answers.

    Source: 平台默认（规则手册 complaint.answer）
    """
    return rules[DISPUTE_ANSWER].after(accepted_at, calendar)


def escalation_ends(answered_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when one may complain of the answer to an objection.

    Source: 平台默认（规则手册 complaint.escalate）
    """
    return rules[DISPUTE_ESCALATE].after(answered_at, calendar)


def dispute_decision_due(answered_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when a complaint is decided.

    Source: 平台默认（规则手册 complaint.decide）
    """
    return rules[DISPUTE_DECIDE].after(answered_at, calendar)


def report_due(filed_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return until when a report is answered.

    Source: 平台默认（规则手册 report.answer）
    """
    return rules[REPORT_ANSWER].after(filed_at, calendar)


def inspection_draw_at(published_at: datetime, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """
    Return when agencies and inspectors are drawn for a published plan.

    Source: 平台默认（规则手册 inspection.notice）
    """
    return rules[INSPECTION_NOTICE].after(published_at, calendar)
