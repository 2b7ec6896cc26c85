"""May a decision be reviewed, may its effect be suspended meanwhile."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from credit.guards.decisions import decision_is_our_own, restriction_still_runs
from credit.guards.officers import officer_verdicts, reviewer_is_a_third_officer
from credit.models import Case, Restriction, Review
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import User
from marketplace.web.moments import cn_deadline


@guard(_("没有可以申请复核的决定，案件现在是“%(status)s”"))
def decision_is_in_effect(case: Case) -> bool | Because:
    return case.status == Case.Status.DECIDED or Because(status=case.get_status_display())


@guard(_("申请复核的期限已于 %(until)s 届满"), rule="sanction.appeal")
def review_is_asked_in_time(case: Case, at: datetime) -> bool | Because:
    until = case.appeal_due_at
    return (until is not None and at < until) or Because(until=cn_deadline(until) if until else "")


@guard(_("已经申请过复核，复核只有一次"))
def case_was_not_reviewed(case: Case) -> bool:
    return not Review.objects.filter(case=case).exists()


@guard(_("请写明申请复核的理由"), source=FORM)
def review_grounds_are_given(grounds: str) -> bool:
    return bool(grounds.strip())


def may_file_review(case: Case, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether the party may ask for a review, but for its grounds."""
    if case.status != Case.Status.DECIDED:
        return (decision_is_in_effect(case),)
    was_not = case_was_not_reviewed(case)
    if not was_not.holds:
        return (was_not,)
    return decision_is_our_own(case), review_is_asked_in_time(case, at)


@guard(_("复核已经办结：%(status)s"))
def review_is_pending(review: Review) -> bool | Because:
    return review.is_pending or Because(status=review.get_status_display())


@guard(_("决定已经停止执行"))
def effect_is_not_suspended(restriction: Restriction) -> bool:
    return restriction.suspended_at is None


def may_decide_review(review: Review, by: User) -> tuple[Verdict, ...]:
    """Ask what must hold before `by` decides a review, but for the reasons."""
    if not review.is_pending:
        return (review_is_pending(review),)
    return reviewer_is_a_third_officer(review.case, by), *officer_verdicts(review.case, by)


def may_suspend_effect(
    review: Review, restriction: Restriction, by: User, at: datetime
) -> tuple[Verdict, ...]:
    """Ask what must hold before `by` suspends the effect of a decision, but for the reasons."""
    if not review.is_pending:
        return (review_is_pending(review),)
    return (
        *may_decide_review(review, by),
        effect_is_not_suspended(restriction),
        restriction_still_runs(restriction, at),
    )


@guard(_("变更后的期限应为 1–%(most)s 个月，短于原来的 %(months)s 个月"))
def months_are_fewer(case: Case, months: int | None) -> bool | Because:
    is_fewer = months is not None and 0 < months < case.months
    return is_fewer or Because(most=max(case.months - 1, 1), months=case.months)
