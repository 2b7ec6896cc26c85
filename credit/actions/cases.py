"""The one path of a sanction up to the decision: notice, statement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from credit.actions.deadlines import DECISION, STATEMENT
from credit.actions.findings import take_up
from credit.effects import find_matter
from credit.guards import (
    GROUNDS,
    Proposal,
    case_awaits_a_statement,
    may_open_case,
    may_state_case,
    statement_is_given,
    statement_period_is_over,
)
from credit.in_force import province
from credit.models import Case, Finding
from credit.standing import sanction_range
from credit.versions import version_of_case, version_of_party
from marketplace.actions.documents import store_all, stores_files
from marketplace.actions.messages import notify
from marketplace.actions.rulebook import pin_rulebook
from marketplace.identifiers import case_number
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import Sequence
from marketplace.kernel.verdicts import require
from marketplace.models import Organization, ServiceClass, User
from marketplace.web.versions import as_seen


@stores_files
@transaction.atomic
def open_case(  # noqa: PLR0913 - a notice states all of this
    *,
    organization: Organization,
    authority: Organization,
    kind: str,
    severity: str,
    months: int,
    restriction_kind: str,
    service_class: ServiceClass | None,
    facts: str,
    reference: str,
    legal_basis: str,
    by: User,
    at: datetime,
    seen: str | None = None,
    occurred_at: datetime | None = None,
    finding: Finding | None = None,
    files: Iterable[UploadedFile] = (),
) -> Case:
    """
    Give `organization` notice of what it is found to have done and what is meant to follow.

    The time for its statement begins; nothing is restricted yet. `occurred_at` is when the conduct
    happened, by default the moment it was found, that is `at`. `reference` may be any number of the
    business; the case keeps the one under which its facts are recorded. `finding` is what the case
    answers, if the arithmetic asked for one. `files` are the evidence; a
    refusal leaves nothing of them.

    Raises:
        Refused: a guard in `may_open_case` or of a file does not hold.
    """
    organization = Organization.objects.lock(organization.pk)
    matter = find_matter(reference, organization)
    proposal = Proposal(
        organization=organization,
        authority=authority,
        kind=kind,
        severity=severity,
        months=months,
        restriction_kind=restriction_kind,
        service_class=service_class,
        occurred_at=occurred_at or at,
        facts=facts.strip(),
        reference=matter.reference if matter else reference.strip(),
        legal_basis=legal_basis.strip(),
    )
    require(
        *may_open_case(proposal, sanction_range(severity, at), matter, at),
        *as_seen(version_of_party(organization), seen),
    )
    evidence = store_all(files, organization=authority, by=by, at=at)
    case = _create(proposal, by=by, at=at)
    case.evidence.set(evidence)
    if finding is not None:
        take_up(finding, case)
    record(
        by=by,
        verb="case.opened",
        target=case,
        at=at,
        organization=authority,
        number=case.number,
        severity=severity,
        months=months,
        measure=restriction_kind,
    )
    notify(
        organization=organization,
        kind="credit/case_opened",
        at=at,
        url=reverse("credit:own_case", args=[case.slug]),
        case=case,
        grounds=GROUNDS,
    )
    return case


def _create(proposal: Proposal, *, by: User, at: datetime) -> Case:
    rulebook = pin_rulebook(division=province(), at=at)
    case = Case.objects.create(
        number=_next_number(proposal.authority, at),
        organization=proposal.organization,
        authority=proposal.authority,
        kind=proposal.kind,
        severity=proposal.severity,
        months=proposal.months,
        restriction_kind=proposal.restriction_kind,
        service_class=proposal.service_class,
        occurred_at=proposal.occurred_at,
        facts=proposal.facts,
        reference=proposal.reference,
        legal_basis=proposal.legal_basis,
        rulebook=rulebook,
        opened_by=by,
        notified_at=at,
    )
    deadlines.start(STATEMENT, case, at)
    return case


def _next_number(authority: Organization, at: datetime) -> str:
    division, year = authority.division_id, day_of(at).year
    return case_number(division, year, Sequence.objects.next_value(f"case/{division}/{year}"))


@stores_files
@transaction.atomic
def hear_statement(
    *,
    case: Case,
    statement: str,
    by: User,
    at: datetime,
    seen: str | None = None,
    files: Iterable[UploadedFile] = (),
) -> Case:
    """
    Take the agency's statement, with its papers if it has some; the time for the decision begins.

    A refusal leaves nothing of the papers.

    Raises:
        Refused: the time is over, the agency was heard before or says nothing, or a guard of the
            file does not hold.
    """
    agency = Organization.objects.lock(case.organization_id)
    case = Case.objects.lock(case.pk)
    require(
        *may_state_case(case, at),
        statement_is_given(statement),
        *as_seen(version_of_case(case), seen),
    )
    papers = store_all(files, organization=agency, by=by, at=at)
    case.statement_document = papers[0] if papers else None
    case.statement_attachments.set(papers[1:])
    _end_statement(case, at=at, statement=statement.strip())
    record(
        by=by,
        verb="case.stated",
        target=case,
        at=at,
        organization=case.organization,
        before=Case.Status.NOTIFIED,
        documents=[paper.sha256 for paper in papers],
    )
    _tell_authority(case, "credit/case_stated", at)
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
