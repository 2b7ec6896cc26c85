"""Take up, answer, settle, decide, close: what becomes of an objection or a complaint."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bidding.actions.awards import cancel_award
from bidding.actions.deadlines.disputes import ANSWER, CHECK, DECISION, ESCALATION
from bidding.actions.disputes.common import (
    end_dispute,
    lock_dispute,
    record_step,
    version_of_dispute,
)
from bidding.actions.disputes.telling import tell_authority, tell_filer, tell_respondent
from bidding.actions.locking import lock_award_and_ranked
from bidding.actions.suspensions import settle_suspension
from bidding.guards import disputes as guards
from bidding.models import Award, Dispute, DisputeRecusal, Remedy
from bidding.outcomes import Event
from marketplace.actions.documents import store_all, stores_files
from marketplace.kernel import deadlines
from marketplace.kernel.verdicts import require
from marketplace.models import User
from marketplace.web.versions import as_seen


# --- The officer's check --------------------------------------------------------------------------
@transaction.atomic
def accept_dispute(*, dispute: Dispute, by: User, at: datetime, seen: str | None = None) -> Dispute:
    """
    Take a matter up and hand it to the other side, whose time to answer begins.

    Raises:
        Refused: a guard in `may_check` does not hold.
    """
    dispute = lock_dispute(dispute)
    require(*guards.may_check(dispute, by), *as_seen(version_of_dispute(dispute), seen))
    before = dispute.status
    dispute.accept(at=at, by=by)
    dispute.save()
    deadlines.stop(CHECK, dispute, at)
    deadlines.start(ANSWER, dispute, at)
    record_step(dispute, "accepted", by=by, at=at, before=before)
    tell_filer(dispute, "bidding/dispute_accepted", at)
    tell_respondent(dispute, "bidding/dispute_to_answer", at)
    return dispute


@transaction.atomic
def refuse_dispute(
    *, dispute: Dispute, reasons: str, by: User, at: datetime, seen: str | None = None
) -> Dispute:
    """
    Do not take a matter up, for reasons; what stood still for it runs on.

    Raises:
        Refused: a guard in `may_check` does not hold, or no reasons are given.
    """
    dispute = lock_dispute(dispute)
    require(
        *guards.may_check(dispute, by),
        guards.officer_gives_reasons(reasons),
        *as_seen(version_of_dispute(dispute), seen),
    )
    before = dispute.status
    dispute.refuse(at=at, by=by, reasons=reasons.strip())
    dispute.save()
    deadlines.stop_all(dispute, at)
    record_step(dispute, "refused", by=by, at=at, before=before)
    tell_filer(dispute, "bidding/dispute_refused", at)
    settle_suspension(dispute, at)
    return dispute


# --- The sides ------------------------------------------------------------------------------------
@stores_files
@transaction.atomic
def answer_dispute(
    *,
    dispute: Dispute,
    answer: str,
    by: User,
    at: datetime,
    files: Sequence[UploadedFile] = (),
    seen: str | None = None,
) -> Dispute:
    """
    Answer as the unit objected to or complained of; the filer may complain, or an officer decides.

    Raises:
        Refused: a guard in `may_answer` or of a file does not hold, or no answer is given.
    """
    dispute = lock_dispute(dispute)
    require(
        *guards.may_answer(dispute, at),
        guards.answer_is_given(answer),
        *as_seen(version_of_dispute(dispute), seen),
    )
    before = dispute.status
    dispute.give_answer(at=at, by=by, answer=answer.strip())
    papers = store_all(files, organization=dispute.respondent, by=by, at=at)
    dispute.save()
    dispute.answer_papers.set(papers)
    _go_on(dispute, at)
    record_step(dispute, "answered", by=by, at=at, before=before)
    tell_filer(dispute, "bidding/dispute_answered", at)
    tell_authority(dispute, "bidding/dispute_answered", at)
    return dispute


@transaction.atomic
def go_unanswered(*, dispute: Dispute, at: datetime) -> Dispute:
    """
    Go on without an answer; `at` is the end of its time, however late the schedule runs.

    Raises:
        Refused: a guard in `may_go_unanswered` does not hold.
    """
    dispute = lock_dispute(dispute)
    require(*guards.may_go_unanswered(dispute, at))
    before = dispute.status
    dispute.go_unanswered()
    dispute.save()
    _go_on(dispute, at)
    record_step(dispute, "unanswered", by=None, at=at, before=before)
    tell_filer(dispute, "bidding/dispute_unanswered", at)
    tell_respondent(dispute, "bidding/dispute_unanswered", at)
    tell_authority(dispute, "bidding/dispute_unanswered", at)
    return dispute


def _go_on(dispute: Dispute, at: datetime) -> None:
    """Let what follows an answer, or the end of its time, begin."""
    deadlines.stop(ANSWER, dispute, at)
    deadlines.start(DECISION if dispute.is_complaint else ESCALATION, dispute, at)


@transaction.atomic
def settle_dispute(*, dispute: Dispute, by: User, at: datetime, seen: str | None = None) -> Dispute:
    """
    Be content with the answer to the own objection; it ends, and what stood still runs on.

    Raises:
        Refused: it was not answered.
    """
    dispute = lock_dispute(dispute)
    require(guards.objection_was_answered(dispute), *as_seen(version_of_dispute(dispute), seen))
    end_dispute(dispute, by=by, at=at, note="settled")
    tell_authority(dispute, "bidding/dispute_closed", at)
    tell_respondent(dispute, "bidding/dispute_closed", at)
    settle_suspension(dispute, at)
    return dispute


@transaction.atomic
def lapse_dispute(*, dispute: Dispute, at: datetime) -> Dispute:
    """
    End an objection of whose answer nobody has complained; `at` is the end of the time for it.

    Raises:
        Refused: a guard in `may_lapse` does not hold.
    """
    dispute = lock_dispute(dispute)
    require(*guards.may_lapse(dispute, at))
    end_dispute(dispute, by=None, at=at, note="lapsed")
    tell_filer(dispute, "bidding/dispute_closed", at)
    tell_respondent(dispute, "bidding/dispute_closed", at)
    settle_suspension(dispute, at)
    return dispute


@transaction.atomic
def withdraw_dispute(
    *, dispute: Dispute, by: User, at: datetime, seen: str | None = None
) -> Dispute:
    """
    Take the own objection or complaint back; the same matter cannot be filed again.

    Raises:
        Refused: it is over.
    """
    dispute = lock_dispute(dispute)
    require(guards.dispute_is_pending(dispute), *as_seen(version_of_dispute(dispute), seen))
    before, was_told = dispute.status, dispute.checked_at is not None
    dispute.withdraw(at=at)
    dispute.save()
    deadlines.stop_all(dispute, at)
    record_step(dispute, "withdrawn", by=by, at=at, before=before)
    tell_authority(dispute, "bidding/dispute_withdrawn", at)
    if was_told:
        tell_respondent(dispute, "bidding/dispute_withdrawn", at)
    settle_suspension(dispute, at)
    return dispute


# --- The decision ---------------------------------------------------------------------------------
@transaction.atomic
def decide_dispute(  # noqa: PLR0913 - a decision states all of this
    *,
    dispute: Dispute,
    is_upheld: bool,
    decision: str,
    by: User,
    at: datetime,
    remedy: str = Remedy.NONE,
    seen: str | None = None,
) -> Dispute:
    """
    Decide a complaint, by another officer than who took it up; it is public from now on.

    What stood still runs on, or the award falls.

    Raises:
        Refused: a guard in `may_decide` does not hold, no reasons are given, or there is no award
            to cancel.
    """
    award = _award_to_cancel(dispute, remedy)
    dispute = lock_dispute(dispute)
    require(
        *guards.may_decide(dispute, by),
        guards.officer_gives_reasons(decision),
        *(
            [guards.award_can_be_cancelled(dispute, is_upheld=is_upheld)]
            if remedy == Remedy.CANCEL_AWARD
            else []
        ),
        *as_seen(version_of_dispute(dispute), seen),
    )
    before = dispute.status
    dispute.decide(at=at, by=by, is_upheld=is_upheld, remedy=remedy, decision=decision.strip())
    dispute.save()
    deadlines.stop(DECISION, dispute, at)
    record_step(dispute, "decided", by=by, at=at, before=before, is_upheld=is_upheld, remedy=remedy)
    tell_filer(dispute, "bidding/dispute_decided", at)
    tell_respondent(dispute, "bidding/dispute_decided", at)
    if award is not None:
        cancel_award(award, Event.RESTRICTED, reasons=dispute.decision, by=by, at=at)
    settle_suspension(dispute, at)
    return dispute


def _award_to_cancel(dispute: Dispute, remedy: str) -> Award | None:
    """Lock what a decision cancels before the matter itself: organisations come first."""
    award = dispute.tender.award if dispute.tender is not None else None
    return (
        lock_award_and_ranked(award)
        if award is not None and remedy == Remedy.CANCEL_AWARD
        else None
    )


@transaction.atomic
def close_dispute(
    *, dispute: Dispute, note: str, by: User, at: datetime, seen: str | None = None
) -> Dispute:
    """
    Note how a decision was carried out; with that the matter is closed.

    Raises:
        Refused: a guard in `may_close` does not hold, or nothing is said.
    """
    dispute = lock_dispute(dispute)
    require(
        *guards.may_close(dispute, by),
        guards.officer_gives_reasons(note),
        *as_seen(version_of_dispute(dispute), seen),
    )
    end_dispute(dispute, by=by, at=at, note=note.strip())
    tell_filer(dispute, "bidding/dispute_closed", at)
    tell_respondent(dispute, "bidding/dispute_closed", at)
    return dispute


@transaction.atomic
def stand_back(
    *, dispute: Dispute, reasons: str, by: User, at: datetime, seen: str | None = None
) -> DisputeRecusal:
    """
    Stand back from a matter as an officer, for good.

    Raises:
        Refused: it is over, the officer has stood back already, or gives no reasons.
    """
    dispute = lock_dispute(dispute)
    require(
        guards.dispute_is_pending(dispute),
        guards.officer_stands_by(dispute, by),
        guards.officer_gives_reasons(reasons),
        *as_seen(version_of_dispute(dispute), seen),
    )
    recusal = DisputeRecusal.objects.create(
        dispute=dispute, user=by, reasons=reasons.strip(), at=at
    )
    record_step(dispute, "recused", by=by, at=at, before=dispute.status)
    return recusal
