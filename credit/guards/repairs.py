"""May a restriction be repaired."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from credit.guards.decisions import decision_is_our_own, restriction_still_runs
from credit.guards.officers import decider_is_a_second_officer, officer_verdicts
from credit.models import Case, Repair, Review
from credit.periods import repairable_from
from marketplace.kernel.laws import FORM
from marketplace.kernel.rules import values_of
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import User
from marketplace.web.moments import cn_deadline


@guard(_("没有可以修复的信用限制，案件现在是“%(status)s”"))
def case_can_be_repaired(case: Case) -> bool | Because:
    return case.status == Case.Status.DECIDED or Because(status=case.get_status_display())


@guard(_("自 %(since)s 起才可以申请信用修复"), rule="sanction.repair_after")
def least_period_has_passed(since: datetime, at: datetime) -> bool | Because:
    return at >= since or Because(since=cn_deadline(since))


@guard(_("信用修复的申请正在审核"))
def no_repair_is_pending(case: Case) -> bool:
    return not Repair.objects.filter(case=case, status=Repair.Status.FILED).exists()


@guard(_("复核还没有办结，办结后再申请信用修复"))
def no_review_is_pending(case: Case) -> bool:
    return not Review.objects.filter(case=case, status=Review.Status.FILED).exists()


@guard(_("请写明怎样纠正了失信行为"), source=FORM)
def correction_of_the_breach_is_told(correction: str) -> bool:
    return bool(correction.strip())


@guard(_("请作出信用承诺"), source=FORM)
def commitment_is_made(commitment: str) -> bool:
    return bool(commitment.strip())


def may_file_repair(case: Case, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether the party may ask for a repair, but for what it has to say."""
    if case.status != Case.Status.DECIDED:
        return (case_can_be_repaired(case),)
    since = repairable_from(
        case.restriction.effective_from, case.severity, values_of(case.rulebook)
    )
    return (
        decision_is_our_own(case),
        restriction_still_runs(case.restriction, at),
        least_period_has_passed(since, at),
        no_repair_is_pending(case),
        no_review_is_pending(case),
    )


@guard(_("信用修复的申请已经办结：%(status)s"))
def repair_is_pending(repair: Repair) -> bool | Because:
    return repair.is_pending or Because(status=repair.get_status_display())


def may_decide_repair(repair: Repair, by: User) -> tuple[Verdict, ...]:
    """Ask what must hold before `by` decides an application for repair, but for the reasons."""
    if not repair.is_pending:
        return (repair_is_pending(repair),)
    return (
        case_can_be_repaired(repair.case),
        decider_is_a_second_officer(repair.case, by),
        *officer_verdicts(repair.case, by),
    )
