"""May a case be decided, may its decision be taken back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from credit.guards.bases import GROUNDS, basis_verdicts
from credit.guards.officers import (
    decider_is_a_second_officer,
    officer_verdicts,
    reviewer_is_a_third_officer,
)
from credit.models import Case, Restriction
from credit.standing import statement_grace
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import User
from marketplace.web.moments import cn_deadline

# what a decision may be taken back from, also when its restriction has ended or was repaired
STANDING = (Case.Status.DECIDED, Case.Status.ENDED, Case.Status.REPAIRED)


@guard(_("案件已经办结，现在是“%(status)s”"))
def case_is_open(case: Case) -> bool | Because:
    return case.is_open or Because(status=case.get_status_display())


@guard(
    _("陈述申辩期到 %(until)s 截止，此后满 %(seconds)s 秒或者机构已经陈述后才能决定"),
    rule="sanction.statement",
    source=GROUNDS["statement"],
)
def statement_period_is_over(case: Case, at: datetime) -> bool | Because:
    """Wait a little longer than the period: a statement in time may still be on its way."""
    if case.status != Case.Status.NOTIFIED:
        return True
    grace = statement_grace(at)
    return at >= case.statement_due_at + grace or Because(
        until=cn_deadline(case.statement_due_at), seconds=int(grace.total_seconds())
    )


@guard(_("机构申请了听证，听证结束后才能决定"), source=GROUNDS["hearing"])
def hearing_is_over(case: Case) -> bool:
    return case.status != Case.Status.HEARING


def may_decide_case(case: Case, by: User, at: datetime) -> tuple[Verdict, ...]:
    """Ask what must hold before `by` decides or dismisses `case`, but for the reasons."""
    if not case.is_open:
        return (case_is_open(case),)
    if case.status == Case.Status.HEARING:
        return (hearing_is_over(case),)
    return (
        case_is_open(case),
        statement_period_is_over(case, at),
        decider_is_a_second_officer(case, by),
        *officer_verdicts(case, by),
        *basis_verdicts(case.legal_basis, at),
    )


@guard(_("没有可以撤销的决定，案件现在是“%(status)s”"))
def decision_stands(case: Case) -> bool | Because:
    return case.status in STANDING or Because(status=case.get_status_display())


@guard(_("限制已于 %(until)s 到期，不需要撤销"))
def restriction_still_runs(restriction: Restriction, at: datetime) -> bool | Because:
    return at < restriction.effective_to or Because(until=cn_deadline(restriction.effective_to))


def _is_of_consequence(case: Case, at: datetime) -> tuple[Verdict, ...]:
    """Ask for a running restriction, unless a warning or points remain when it has run out."""
    return () if case.outlasts_its_term else (restriction_still_runs(case.restriction, at),)


@guard(_("名单上的处理由列入名单的机关撤销，这里随名单变化"))
def decision_is_our_own(case: Case) -> bool:
    return case.source != Case.Source.LISTED


def may_revoke_case(case: Case, by: User, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything that must hold before `by` revokes the decision, but for the reasons."""
    if case.status not in STANDING:
        return (decision_stands(case),)
    return (
        decision_stands(case),
        decision_is_our_own(case),
        *_is_of_consequence(case, at),
        reviewer_is_a_third_officer(case, by),
        *officer_verdicts(case, by),
    )


@guard(_("限制还没有到期"))
def restriction_has_run_out(restriction: Restriction, at: datetime) -> bool:
    return restriction.effective_to <= at


@guard(_("限制已经解除或者已经办理到期"))
def restriction_is_unmarked(restriction: Restriction) -> bool:
    return restriction.lifted_at is None and restriction.ended_at is None
