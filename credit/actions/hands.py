"""Who sees to a case: handing it to a colleague, and standing back from it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from credit.actions.deadlines import lock_case
from credit.guards.officers import (
    case_is_not_over,
    colleague_is_a_regulator,
    officer_is_not_recused,
)
from credit.guards.reasons import reasons_are_given
from credit.models import Case, Recusal
from credit.versions import case_as_seen
from marketplace.actions.messages import notify_person
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import User


@transaction.atomic
def hand_over(
    *,
    case: Case,
    colleague: User,
    reasons: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Case:
    """
    Give a case to a colleague of the authority, who is told, or take it on; the deadlines go on.

    Raises:
        Refused: the case is over, the colleague is no regulator there or stands back from it.
    """
    case = lock_case(case)
    require(
        case_is_not_over(case),
        reasons_are_given(reasons),
        colleague_is_a_regulator(case, colleague),
        officer_is_not_recused(case, colleague),
        *case_as_seen(case, seen),
    )
    case.handled_by = colleague
    case.save()
    record(
        by=by,
        verb="case.handed_over",
        target=case,
        at=at,
        organization=case.authority,
        reasons=reasons.strip(),
        colleague=colleague.pk,
    )
    if colleague == by:  # who takes a free case on knows of it
        return case
    notify_person(
        user=colleague,
        organization=case.authority,
        kind="credit/case_handed_over",
        at=at,
        url=reverse("credit:case", args=[case.slug]),
        case=case,
        reasons=reasons.strip(),
    )
    return case


@transaction.atomic
def recuse(*, case: Case, reasons: str, by: User, at: datetime, seen: str | None = None) -> Recusal:
    """
    Stand back from a case, for good: `by` takes no further part in it.

    Raises:
        Refused: the case is over, `by` stands back already, or no reasons are given.
    """
    case = lock_case(case)
    require(
        case_is_not_over(case),
        officer_is_not_recused(case, by),
        reasons_are_given(reasons),
        *case_as_seen(case, seen),
    )
    if case.handled_by_id == by.pk:
        case.handled_by = None
        case.save()
    recusal = Recusal.objects.create(case=case, user=by, reasons=reasons.strip(), recused_at=at)
    record(by=by, verb="case.recused", target=case, at=at, organization=case.authority)
    return recusal
