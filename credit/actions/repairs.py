"""End a restriction and its publication early: the breach is corrected, and a word is given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from credit.actions.deadlines import APPEAL, REPAIR, TERM, lock_case, lock_repair
from credit.actions.decisions import let_go, next_decision_number
from credit.guards.reasons import decision_reasons_are_given
from credit.guards.repairs import (
    commitment_is_made,
    correction_of_the_breach_is_told,
    may_decide_repair,
    may_file_repair,
)
from credit.models import Case, Repair, Restriction
from credit.versions import case_as_seen
from marketplace.actions.documents import store_all, stores_files
from marketplace.actions.messages import notify
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import User


@stores_files
@transaction.atomic
def file_repair(  # noqa: PLR0913 - what was corrected, the word, and the papers
    *,
    case: Case,
    correction: str,
    commitment: str,
    by: User,
    at: datetime,
    seen: str | None = None,
    files: Iterable[UploadedFile] = (),
) -> Repair:
    """
    Ask for the repair of a record, with what was corrected and the public word for the future.

    Raises:
        Refused: a guard in `may_file_repair` or of a file does not hold, or something is not said.
    """
    case = lock_case(case)
    require(
        *may_file_repair(case, at),
        correction_of_the_breach_is_told(correction),
        commitment_is_made(commitment),
        *case_as_seen(case, seen),
    )
    papers = store_all(files, organization=case.organization, by=by, at=at)
    repair = Repair.objects.create(
        case=case,
        filed_at=at,
        filed_by=by,
        correction=correction.strip(),
        commitment=commitment.strip(),
    )
    repair.begin_without_deadlines()
    repair.papers.set(papers)
    deadlines.start(REPAIR, repair, at)
    record(
        by=by,
        verb="repair.filed",
        target=case,
        at=at,
        organization=case.organization,
        documents=[paper.sha256 for paper in papers],
    )
    notify(
        organization=case.authority,
        kind="credit/repair_filed",
        at=at,
        url=reverse("credit:case", args=[case.slug]),
        case=case,
        repair=repair,
    )
    return repair


@transaction.atomic
def decide_repair(
    *,
    repair: Repair,
    is_granted: bool,
    reasons: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Repair:
    """
    Grant or refuse a repair; a granted one ends the restriction and its publication at once.

    The entry in the record counts as long as the scheme says.

    Raises:
        Refused: a guard in `may_decide_repair` does not hold, or no reasons are given.
    """
    repair = lock_repair(repair)
    case = Case.objects.with_details().get(pk=repair.case_id)
    repair.case = case
    require(
        *may_decide_repair(repair, by),
        decision_reasons_are_given(reasons),
        *case_as_seen(case, seen),
    )
    number = next_decision_number(case, at)
    settle = repair.grant if is_granted else repair.refuse
    settle(at=at, by=by, number=number, reasons=reasons.strip())
    repair.save()
    deadlines.stop(REPAIR, repair, at)
    has_left = is_granted and _end(case, by=by, at=at)
    record(
        by=by,
        verb="repair.granted" if is_granted else "repair.refused",
        target=case,
        at=at,
        organization=case.authority,
        decision=number,
    )
    notify(
        organization=case.organization,
        kind="credit/repair_decided",
        at=at,
        url=reverse("credit:own_case", args=[case.slug]),
        case=case,
        repair=repair,
        is_granted=is_granted,
        has_left=has_left,
    )
    return repair


def _end(case: Case, *, by: User, at: datetime) -> bool:
    """End what a repaired decision imposed; tell whether its party left the register by it."""
    restriction = Restriction.objects.lock(case.restriction.pk)
    restriction.lifted_at = at
    restriction.published_until = min(restriction.published_until, at)
    restriction.save(update_fields=["lifted_at", "published_until"])
    case.repair(at=at)
    case.save()
    deadlines.stop(TERM, restriction, at)
    deadlines.stop(APPEAL, case, at)
    record(by=by, verb="restriction.lifted", target=restriction, at=at)
    return let_go(restriction, by=by, at=at)
