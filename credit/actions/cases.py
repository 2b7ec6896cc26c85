"""The one path of a sanction up to the decision: what was found, notice, statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from credit.actions.deadlines import CHECK, DECISION, HEARING, STATEMENT, lock_case
from credit.effects import find_matter
from credit.guards.bases import GROUNDS
from credit.guards.cases import PROPOSED, Proposal, may_open_case
from credit.guards.decisions import statement_period_is_over
from credit.guards.facts import finding_is_open
from credit.guards.notices import case_is_found, may_give_notice
from credit.guards.officers import officer_is_not_recused
from credit.guards.reasons import setting_aside_reasons_are_given
from credit.guards.statements import (
    case_awaits_a_statement,
    hearing_may_be_asked,
    may_state_case,
    statement_is_given,
)
from credit.in_force import province
from credit.models import Case, CaseSource, Finding, Hearing
from credit.standing import authority_for, sanction_range
from credit.versions import case_as_seen, version_of_party
from marketplace.actions.documents import store_all, stores_files
from marketplace.actions.messages import notify
from marketplace.actions.rulebook import pin_rulebook
from marketplace.identifiers import case_number
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import Sequence
from marketplace.kernel.verdicts import require
from marketplace.models import Organization, User
from marketplace.web.versions import as_seen


# without a savepoint of its own: what finds it, and cannot say so, fails as a whole
@transaction.atomic(savepoint=False)
def find_case(  # noqa: PLR0913 - what was found has this many sides
    *,
    organization: Organization,
    source: CaseSource,
    kind: str,
    facts: str,
    occurred_at: datetime,
    at: datetime,
    reference: str = "",
    severity: str = "",
    measure: str = "",
    months: int = 0,
    authority: Organization | None = None,
    by: User | None = None,
) -> Case | None:
    """
    Note what was found about `organization`, for the officers of its place to look into.

    Nobody outside the authorities learns of it, and nothing follows until an officer gives notice.
    Returns None where no authority has been set up yet. Call it with the organisation's row locked.
    """
    authority = authority or authority_for(organization.division)
    if authority is None:
        return None
    case = Case.objects.create(
        number=_next_number(authority, at),
        organization=organization,
        authority=authority,
        source=source,
        found_at=at,
        kind=kind,
        severity=severity,
        restriction_kind=measure,
        months=months,
        occurred_at=occurred_at,
        facts=facts,
        reference=reference,
        rulebook=pin_rulebook(division=province(), at=at),
        handled_by=by,
    )
    case.begin_without_deadlines()
    deadlines.start(CHECK, case, at)
    record(
        by=by,
        verb="case.found",
        target=case,
        at=at,
        organization=authority,
        number=case.number,
        source=source,
    )
    return case


@stores_files
@transaction.atomic
def prepare_case(  # noqa: PLR0913 - what it answers and how it was found, besides the proposal
    *,
    proposal: Proposal,
    by: User,
    at: datetime,
    seen: str | None = None,
    found: Case | None = None,
    finding: Finding | None = None,
    source: CaseSource = CaseSource.OFFICER,
    files: Iterable[UploadedFile] = (),
) -> Case:
    """
    Write down what was found, with its evidence and what is proposed; notice is not given yet.

    The reference of `proposal` may be any number of the business; the case keeps the one under
    which its facts are recorded. `found` is the case that this completes, and `finding` what it
    answers, if there is one: the case that waits with it is completed. `files` are the evidence;
    a refusal leaves nothing of them.

    Raises:
        Refused: the finding is answered, or a guard in `may_open_case` or of a file does not hold.
    """
    organization = Organization.objects.lock(proposal.organization.pk)
    if finding is not None:
        finding = Finding.objects.lock(finding.pk)
        require(finding_is_open(finding))
        found, source = finding.case, CaseSource(finding.by)
    matter = find_matter(proposal.reference, organization)
    proposal = replace(
        proposal,
        organization=organization,
        authority=found.authority if found else proposal.authority,
        facts=proposal.facts.strip(),
        reference=matter.reference if matter else proposal.reference.strip(),
        legal_basis=proposal.legal_basis.strip(),
        person_name=proposal.person_name.strip(),
        person_number=proposal.person_number.strip(),
    )
    require(
        *may_open_case(proposal, sanction_range(proposal.severity, at), matter, at),
        *as_seen(version_of_party(organization), seen),
    )
    case = _written(proposal, found, source, by=by, at=at)
    case.evidence.add(*store_all(files, organization=case.authority, by=by, at=at))
    if finding is not None:
        finding.case = case
        finding.save(update_fields=["case"])
    return case


def _written(
    proposal: Proposal, found: Case | None, source: CaseSource, *, by: User, at: datetime
) -> Case:
    """Return the case, new or the one that was found, with what `proposal` says in it."""
    if found is None:
        case = find_case(
            organization=proposal.organization,
            authority=proposal.authority,
            source=source,
            kind=proposal.kind,
            facts=proposal.facts,
            occurred_at=proposal.occurred_at,
            at=at,
            by=by,
        )
        assert case is not None  # noqa: S101 - its authority was given
    else:
        case = Case.objects.lock(found.pk)
        require(case_is_found(case), officer_is_not_recused(case, by))
        record(by=by, verb="case.prepared", target=case, at=at, organization=case.authority)
    for name in PROPOSED:
        setattr(case, name, getattr(proposal, name))
    case.handled_by = by
    case.save()
    return case


@transaction.atomic
def give_notice(*, case: Case, by: User, at: datetime, seen: str | None = None) -> Case:
    """
    Tell the party what it is found to have done and what is meant to follow.

    The time for its statement begins; nothing is restricted yet.

    Raises:
        Refused: a guard in `may_give_notice` does not hold.
    """
    case = lock_case(case)
    matter = find_matter(case.reference, case.organization)
    require(
        *may_give_notice(case, matter, by, at),
        *case_as_seen(case, seen),
    )
    case.notify(at=at, by=by)
    case.save()
    deadlines.stop(CHECK, case, at)
    deadlines.start(STATEMENT, case, at)
    record(
        by=by,
        verb="case.opened",
        target=case,
        at=at,
        organization=case.authority,
        before=Case.Status.FOUND,
        number=case.number,
        severity=case.severity,
        months=case.months,
        measure=case.restriction_kind,
    )
    notify(
        organization=case.organization,
        kind="credit/case_opened",
        at=at,
        url=reverse("credit:own_case", args=[case.slug]),
        case=case,
        grounds=GROUNDS,
    )
    return case


@transaction.atomic
def set_case_aside(
    *, case: Case, reasons: str, by: User, at: datetime, seen: str | None = None
) -> Case:
    """
    Give no notice of what was found; the party never learns of it.

    Raises:
        Refused: notice was given, somebody has set it aside, or no reasons are given.
    """
    case = lock_case(case)
    require(
        case_is_found(case),
        officer_is_not_recused(case, by),
        setting_aside_reasons_are_given(reasons),
        *case_as_seen(case, seen),
    )
    close_found(case, reasons=reasons.strip(), by=by, at=at)
    finding = Finding.objects.filter(case=case).first()
    if finding is not None:
        finding.closed_at, finding.closed_by = at, by
        finding.closing_reasons = case.closing_reasons
        finding.save(update_fields=["closed_at", "closed_by", "closing_reasons"])
    return case


def close_found(case: Case, *, reasons: str, by: User, at: datetime) -> None:
    """Set a locked case aside of which no notice was given."""
    case.set_aside(at=at, by=by, reasons=reasons)
    case.save()
    deadlines.stop(CHECK, case, at)
    record(
        by=by,
        verb="case.set_aside",
        target=case,
        at=at,
        organization=case.authority,
        before=Case.Status.FOUND,
    )


def _next_number(authority: Organization, at: datetime) -> str:
    division, year = authority.division_id, day_of(at).year
    return case_number(division, year, Sequence.objects.next_value(f"case/{division}/{year}"))


@stores_files
@transaction.atomic
def hear_statement(  # noqa: PLR0913 - a statement has its papers, and may ask for a hearing
    *,
    case: Case,
    statement: str,
    by: User,
    at: datetime,
    seen: str | None = None,
    asks_hearing: bool = False,
    files: Iterable[UploadedFile] = (),
) -> Case:
    """
    Take the agency's statement, with its papers if it has some; the time for the decision begins.

    With `asks_hearing` it is heard in a hearing first. A refusal leaves nothing of the papers.

    Raises:
        Refused: the time is over, the agency was heard before or says nothing, or a guard of the
            file does not hold.
    """
    agency = Organization.objects.lock(case.organization_id)
    case = Case.objects.lock(case.pk)
    require(
        *may_state_case(case, at),
        statement_is_given(statement),
        *([hearing_may_be_asked(case)] if asks_hearing else []),
        *case_as_seen(case, seen),
    )
    papers = store_all(files, organization=agency, by=by, at=at)
    case.statement_document = papers[0] if papers else None
    case.statement_attachments.set(papers[1:])
    if asks_hearing:
        _wait_for_hearing(case, statement=statement.strip(), by=by, at=at)
    else:
        _end_statement(case, at=at, statement=statement.strip())
    record(
        by=by,
        verb="case.stated",
        target=case,
        at=at,
        organization=case.organization,
        before=Case.Status.NOTIFIED,
        asks_hearing=asks_hearing,
        documents=[paper.sha256 for paper in papers],
    )
    _tell_authority(case, "credit/hearing_asked" if asks_hearing else "credit/case_stated", at)
    return case


@transaction.atomic
def close_statement(*, case: Case, at: datetime) -> Case:
    """
    Note that the time for a statement ran out; it counts from the deadline, however late `at` is.

    That is done a grace after the deadline, longer than any request may last: a statement that
    arrived in time and still stores its paper is heard.

    Raises:
        Refused: the time still runs, or the case was stated or closed meanwhile.
    """
    Organization.objects.lock(case.organization_id)
    case = Case.objects.lock(case.pk)
    require(case_awaits_a_statement(case), statement_period_is_over(case, at))
    return let_statement_lapse(case)


def let_statement_lapse(case: Case) -> Case:
    """End the time for a statement on a locked case at its own deadline."""
    at = case.statement_due_at
    _end_statement(case, at=at)
    record(
        by=None,
        verb="case.statement_lapsed",
        target=case,
        at=at,
        before=Case.Status.NOTIFIED,
    )
    _tell_authority(case, "credit/case_unstated", at)
    return case


def _wait_for_hearing(case: Case, *, statement: str, by: User, at: datetime) -> None:
    case.ask_hearing(statement=statement)
    case.save()
    Hearing.objects.create(case=case, asked_at=at, asked_by=by)
    deadlines.stop(STATEMENT, case, at)
    deadlines.start(HEARING, case, at)


def _end_statement(case: Case, *, at: datetime, statement: str = "") -> None:
    case.hear(at=at, statement=statement)
    case.save()
    deadlines.stop(STATEMENT, case, at)
    deadlines.start(DECISION, case, at)


def _tell_authority(case: Case, kind: str, at: datetime) -> None:
    notify(
        organization=case.authority,
        kind=kind,
        at=at,
        url=reverse("credit:case", args=[case.slug]),
        case=case,
    )
