"""The one review of a decision: asked for, its effect suspended meanwhile, decided by a third."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from credit.actions.deadlines import APPEAL, REVIEW, TERM, lock_case, lock_review
from credit.actions.decisions import next_decision_number, take_back
from credit.guards.reasons import decision_reasons_are_given, suspension_reasons_are_given
from credit.guards.reviews import (
    may_decide_review,
    may_file_review,
    may_suspend_effect,
    months_are_fewer,
    review_grounds_are_given,
)
from credit.models import Case, Restriction, Review
from credit.periods import restriction_end
from credit.versions import case_as_seen
from marketplace.actions.documents import store_all, stores_files
from marketplace.actions.messages import notify
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import User


@stores_files
@transaction.atomic
def file_review(
    *,
    case: Case,
    grounds: str,
    by: User,
    at: datetime,
    seen: str | None = None,
    files: Iterable[UploadedFile] = (),
) -> Review:
    """
    Ask for a review of a decision, once; meanwhile it binds, unless its effect is suspended.

    Raises:
        Refused: a guard in `may_file_review` or of a file does not hold, or no grounds are given.
    """
    case = lock_case(case)
    require(
        *may_file_review(case, at),
        review_grounds_are_given(grounds),
        *case_as_seen(case, seen),
    )
    papers = store_all(files, organization=case.organization, by=by, at=at)
    review = Review.objects.create(case=case, filed_at=at, filed_by=by, grounds=grounds.strip())
    review.begin_without_deadlines()
    review.papers.set(papers)
    deadlines.stop(APPEAL, case, at)
    deadlines.start(REVIEW, review, at)
    record(
        by=by,
        verb="review.filed",
        target=case,
        at=at,
        organization=case.organization,
        documents=[paper.sha256 for paper in papers],
    )
    url = reverse("credit:case", args=[case.slug])
    notify(
        organization=case.authority,
        kind="credit/review_filed",
        at=at,
        url=url,
        case=case,
        review=review,
    )
    return review


@transaction.atomic
def suspend_effect(
    *, review: Review, reasons: str, by: User, at: datetime, seen: str | None = None
) -> Restriction:
    """
    Let a decision not bind while it is reviewed; what it has ended stays ended.

    Raises:
        Refused: a guard in `may_suspend_effect` does not hold, or no reasons are given.
    """
    review = lock_review(review)
    case = review.case
    restriction = Restriction.objects.lock(case.restriction.pk)
    require(
        *may_suspend_effect(review, restriction, by, at),
        suspension_reasons_are_given(reasons),
        *case_as_seen(case, seen),
    )
    restriction.suspended_at = at
    restriction.save(update_fields=["suspended_at"])
    review.suspended_by, review.suspension_reasons = by, reasons.strip()
    review.save()
    record(by=by, verb="restriction.suspended", target=restriction, at=at, reasons=reasons.strip())
    _tell(case, "credit/effect_suspended", at, review=review, restriction=restriction)
    return restriction


@transaction.atomic
def decide_review(  # noqa: PLR0913 - an outcome may have its months
    *,
    review: Review,
    outcome: str,
    months: int | None = None,
    reasons: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Review:
    """
    Uphold a decision, shorten it to `months`, or let it fall; by who took no part in it before.

    A suspended effect goes on when the decision stands.

    Raises:
        Refused: a guard in `may_decide_review` does not hold, no reasons are given, or the months
            are not fewer than before.
    """
    review = lock_review(review)
    case = Case.objects.with_details().get(pk=review.case_id)
    review.case = case
    is_varied = outcome == Review.Status.VARIED
    require(
        *may_decide_review(review, by),
        decision_reasons_are_given(reasons),
        *([months_are_fewer(case, months)] if is_varied else []),
        *case_as_seen(case, seen),
    )
    said: dict[str, Any] = {
        "at": at,
        "by": by,
        "number": next_decision_number(case, at),
        "reasons": reasons.strip(),
    }
    if outcome == Review.Status.GRANTED:
        review.grant(**said)
    elif is_varied:
        review.vary(**said, months=months or 0)
    else:
        review.uphold(**said)
    review.save()
    deadlines.stop(REVIEW, review, at)
    record(
        by=by,
        verb="review.decided",
        target=case,
        at=at,
        organization=case.authority,
        outcome=review.status,
        decision=review.number,
    )
    _carry_out(review, by=by, at=at)
    return review


def _carry_out(review: Review, *, by: User, at: datetime) -> None:
    case = review.case
    restriction = Restriction.objects.lock(case.restriction.pk)
    if review.status == Review.Status.GRANTED:
        if case.status in {Case.Status.DECIDED, Case.Status.ENDED}:
            take_back(case, reasons=review.reasons, by=by, at=at)
        return
    if restriction.suspended_at is not None and restriction.resumed_at is None:
        restriction.resumed_at = at
    if review.status == Review.Status.VARIED and case.status == Case.Status.DECIDED:
        end = restriction_end(restriction.effective_from, review.months or 0)
        restriction.effective_to = max(end, at)
        deadlines.start(TERM, restriction, restriction.effective_from)
    restriction.save(update_fields=["resumed_at", "effective_to"])
    _tell(case, "credit/review_decided", at, review=review, restriction=restriction)


def _tell(case: Case, kind: str, at: datetime, **context: Any) -> None:
    url = reverse("credit:own_case", args=[case.slug])
    notify(organization=case.organization, kind=kind, at=at, url=url, case=case, **context)
