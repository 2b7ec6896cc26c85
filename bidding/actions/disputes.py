"""Object and complain, take up, answer, decide; what it is about stands still meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bidding.actions.awards import cancel_award
from bidding.actions.deadlines.disputes import ANSWER, CHECK, DECISION, ESCALATION
from bidding.actions.disputes_telling import tell_authority, tell_filer, tell_respondent
from bidding.actions.locking import lock_award_and_ranked
from bidding.actions.suspensions import settle_suspension
from bidding.actions.telling import operators_of
from bidding.guards import disputes as guards
from bidding.guards.disputes import Filing
from bidding.guards.versions import version_of_matter
from bidding.models import Award, Dispute, DisputeKind, DisputeRecusal, Matter, Remedy, Tender
from bidding.outcomes import Event
from bidding.rulebook import bound_rules
from credit.standing import authority_for
from marketplace.actions.documents import store_all, stores_files
from marketplace.actions.rulebook import pin_rulebook
from marketplace.identifiers import dispute_number
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import RulebookVersion
from marketplace.kernel.models import Sequence as Serial
from marketplace.kernel.verdicts import require
from marketplace.kernel.versions import Seen, Version, version_of
from marketplace.models import Agency, Division, Organization, User
from marketplace.web.versions import as_seen

Status = Dispute.Status
CARRIED_ON = "complained"
"""Why an objection ends that became a complaint; its page says so by the complaint itself."""


def version_of_dispute(dispute: Dispute) -> Version:
    """Return how an objection or a complaint stands."""
    return version_of(Seen(dispute))


# --- Filing ---------------------------------------------------------------------------------------
@stores_files
@transaction.atomic
def file_dispute(  # noqa: PLR0913 - one form, one call
    *,
    filing: Filing,
    facts: str,
    request: str,
    by: User,
    at: datetime,
    files: Sequence[UploadedFile] = (),
    seen: str | None = None,
) -> Dispute:
    """
    Object to a matter, or complain of it where no objection comes first.

    What it is about stands still from now on, where the rules say so.

    Raises:
        Refused: a guard in `may_file` or of a file does not hold, or words or evidence are missing.
    """
    filing = _locked_filing(filing)
    division = _place_of(filing)
    rulebook = _rulebook_of(filing, division, at)
    rules = bound_rules(rulebook)
    kind = guards.kind_of_filing(filing.matter, rules)
    authority = _authority(kind, division, filing.respondent)
    unit = None if filing.tender else filing.respondent
    require(
        *guards.may_file(filing, kind, rules, at),
        guards.authority_is_there(authority),
        guards.facts_and_request_are_given(facts, request),
        guards.evidence_is_given(len(files)),
        *as_seen(version_of_matter(filing.tender, unit), seen),
    )
    assert authority is not None  # noqa: S101 - the guard has asked
    respondent = filing.respondent or _buyer_of(filing)
    dispute = Dispute(
        kind=kind,
        matter=filing.matter,
        subject=filing.subject,
        filer=filing.filer,
        respondent=respondent,
        authority=authority,
        tender=filing.tender,
        occurred_on=filing.occurred_on,
        suspends=guards.suspends(filing.matter, rules),
        rulebook=rulebook,
    )
    return _file(dispute, facts, request, files, by=by, at=at)


@stores_files
@transaction.atomic
def complain(  # noqa: PLR0913 - one form, one call
    *,
    objection: Dispute,
    facts: str,
    request: str,
    by: User,
    at: datetime,
    files: Sequence[UploadedFile] = (),
    seen: str | None = None,
) -> Dispute:
    """
    Complain of what came of an objection; the objection ends with it.

    The evidence of the objection goes with it; more may be added.

    Raises:
        Refused: a guard in `may_complain` or of a file does not hold, or words are missing.
    """
    objection = _locked(objection)
    division = _place_of_dispute(objection)
    authority = _authority(DisputeKind.COMPLAINT, division, objection.respondent)
    require(
        *guards.may_complain(objection, at),
        guards.authority_is_there(authority),
        guards.facts_and_request_are_given(facts, request),
        *as_seen(version_of_dispute(objection), seen),
    )
    assert authority is not None  # noqa: S101 - the guard has asked
    dispute = Dispute(
        kind=DisputeKind.COMPLAINT,
        matter=objection.matter,
        subject=objection.subject,
        filer=objection.filer,
        respondent=objection.respondent,
        authority=authority,
        tender=objection.tender,
        previous=objection,
        suspends=objection.suspends,
        rulebook=objection.rulebook,
    )
    dispute = _file(dispute, facts, request, files, by=by, at=at)
    dispute.evidence.add(*objection.evidence.all())
    _end(objection, by=by, at=at, note=CARRIED_ON)
    return dispute


def _file(
    dispute: Dispute,
    facts: str,
    request: str,
    files: Sequence[UploadedFile],
    *,
    by: User,
    at: datetime,
) -> Dispute:
    dispute.number = _next_number(dispute.authority.division, at)
    dispute.facts, dispute.request = facts.strip(), request.strip()
    dispute.filed_by, dispute.filed_at = by, at
    papers = store_all(files, organization=dispute.filer, by=by, at=at)
    dispute.save()
    dispute.begin_without_deadlines()
    dispute.evidence.set(papers)
    deadlines.start(CHECK, dispute, at)
    _record(dispute, "filed", by=by, at=at, before="", documents=[one.sha256 for one in papers])
    tell_authority(dispute, "bidding/dispute_filed", at)
    settle_suspension(dispute, at)
    return dispute


# --- The officer's check --------------------------------------------------------------------------
@transaction.atomic
def accept_dispute(*, dispute: Dispute, by: User, at: datetime, seen: str | None = None) -> Dispute:
    """
    Take a matter up and hand it to the other side, whose time to answer begins.

    Raises:
        Refused: a guard in `may_check` does not hold.
    """
    dispute = _locked(dispute)
    require(*guards.may_check(dispute, by), *as_seen(version_of_dispute(dispute), seen))
    before = dispute.status
    dispute.accept(at=at, by=by)
    dispute.save()
    deadlines.stop(CHECK, dispute, at)
    deadlines.start(ANSWER, dispute, at)
    _record(dispute, "accepted", by=by, at=at, before=before)
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
    dispute = _locked(dispute)
    require(
        *guards.may_check(dispute, by),
        guards.officer_gives_reasons(reasons),
        *as_seen(version_of_dispute(dispute), seen),
    )
    before = dispute.status
    dispute.refuse(at=at, by=by, reasons=reasons.strip())
    dispute.save()
    deadlines.stop_all(dispute, at)
    _record(dispute, "refused", by=by, at=at, before=before)
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
    dispute = _locked(dispute)
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
    _record(dispute, "answered", by=by, at=at, before=before)
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
    dispute = _locked(dispute)
    require(*guards.may_go_unanswered(dispute, at))
    before = dispute.status
    dispute.go_unanswered()
    dispute.save()
    _go_on(dispute, at)
    _record(dispute, "unanswered", by=None, at=at, before=before)
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
    dispute = _locked(dispute)
    require(guards.objection_was_answered(dispute), *as_seen(version_of_dispute(dispute), seen))
    _end(dispute, by=by, at=at, note="settled")
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
    dispute = _locked(dispute)
    require(*guards.may_lapse(dispute, at))
    _end(dispute, by=None, at=at, note="lapsed")
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
    dispute = _locked(dispute)
    require(guards.dispute_is_pending(dispute), *as_seen(version_of_dispute(dispute), seen))
    before, was_told = dispute.status, dispute.checked_at is not None
    dispute.withdraw(at=at)
    dispute.save()
    deadlines.stop_all(dispute, at)
    _record(dispute, "withdrawn", by=by, at=at, before=before)
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
    dispute = _locked(dispute)
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
    _record(dispute, "decided", by=by, at=at, before=before, is_upheld=is_upheld, remedy=remedy)
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
    dispute = _locked(dispute)
    require(
        *guards.may_close(dispute, by),
        guards.officer_gives_reasons(note),
        *as_seen(version_of_dispute(dispute), seen),
    )
    _end(dispute, by=by, at=at, note=note.strip())
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
    dispute = _locked(dispute)
    require(
        guards.dispute_is_pending(dispute),
        guards.officer_stands_by(dispute, by),
        guards.officer_gives_reasons(reasons),
        *as_seen(version_of_dispute(dispute), seen),
    )
    recusal = DisputeRecusal.objects.create(
        dispute=dispute, user=by, reasons=reasons.strip(), at=at
    )
    _record(dispute, "recused", by=by, at=at, before=dispute.status)
    return recusal


# --- What they share ------------------------------------------------------------------------------
def _locked(dispute: Dispute) -> Dispute:
    """Lock what a matter is about, then the matter itself, and return it freshly read."""
    tender = None if dispute.tender_id is None else Tender.objects.lock(dispute.tender_id)
    if dispute.matter == Matter.ONBOARDING:
        _lock_applicant(dispute.respondent_id)
    fresh = Dispute.objects.lock(dispute.pk)
    if tender is not None:
        fresh.tender = tender
    return fresh


def _locked_filing(filing: Filing) -> Filing:
    if filing.tender is not None:
        tender = Tender.objects.lock(filing.tender.pk)
        return Filing(
            matter=filing.matter,
            filer=filing.filer,
            tender=tender,
            respondent=filing.respondent,
            occurred_on=filing.occurred_on,
        )
    if filing.matter == Matter.ONBOARDING and filing.respondent is not None:
        _lock_applicant(filing.respondent.pk)
    return filing


def _lock_applicant(key: int) -> None:
    Organization.objects.lock(key)
    Agency.objects.lock(key)


def _end(dispute: Dispute, *, by: User | None, at: datetime, note: str) -> None:
    before = dispute.status
    dispute.close(at=at, note=note)
    dispute.save()
    deadlines.stop_all(dispute, at)
    _record(dispute, "closed", by=by, at=at, before=before, note=note)


def _record(
    dispute: Dispute, verb: str, *, by: User | None, at: datetime, before: str, **data: Any
) -> None:
    record(
        by=by,
        verb=f"dispute.{verb}",
        target=dispute,
        at=at,
        organization=dispute.authority,
        before=before,
        number=dispute.number,
        **data,
    )


def _buyer_of(filing: Filing) -> Organization:
    assert filing.tender is not None  # noqa: S101 - the guards ask for a respondent otherwise
    return filing.tender.buyer


def _place_of(filing: Filing) -> Division:
    if filing.tender is not None:
        return filing.tender.division
    return filing.respondent.division if filing.respondent else filing.filer.division


def _place_of_dispute(dispute: Dispute) -> Division:
    return dispute.tender.division if dispute.tender else dispute.respondent.division


def _rulebook_of(filing: Filing, division: Division, at: datetime) -> RulebookVersion:
    """Return the rules that bind the order, else those in force at the place."""
    if filing.tender is not None and filing.tender.rulebook is not None:
        return filing.tender.rulebook
    return pin_rulebook(division=division, at=at)


def _authority(
    kind: DisputeKind, division: Division, respondent: Organization | None
) -> Organization | None:
    """
    Return who sees to it: the operators of the place for an objection, else its regulators.

    An authority that is complained of does not see to the complaint; the next one above does.
    """
    if kind == DisputeKind.OBJECTION:
        return next(iter(operators_of(division)), None) or authority_for(division)
    found, place = authority_for(division), division.parent
    while found is not None and found == respondent and place is not None:
        found, place = authority_for(place), place.parent
    return found


def _next_number(division: Division, at: datetime) -> str:
    year = day_of(at).year
    serial = Serial.objects.next_value(f"dispute/{division.pk}/{year}")
    return dispute_number(division.pk, year, serial)
