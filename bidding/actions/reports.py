"""Take a report by anybody, and answer it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bidding import links
from bidding.actions.deadlines.disputes import REPORT
from bidding.actions.telling import OPERATOR, operators_of
from bidding.guards.disputes import authority_is_there
from bidding.guards.reports import may_answer_report, report_answer_is_given, report_says_something
from bidding.models import Report
from credit.actions import find_case
from credit.models import Case, CaseSource
from credit.standing import authority_for
from marketplace.actions.documents import store_all, stores_files
from marketplace.actions.messages import notify
from marketplace.actions.rulebook import pin_rulebook
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.kernel.versions import Seen, version_of
from marketplace.models import Division, Organization, User
from marketplace.web.versions import as_seen


@dataclass(frozen=True)
class Suspicion:
    """Whom a report accuses of what, as the officer reads it: a kind of conduct of the scheme."""

    agency: Organization
    kind: str


@stores_files
@transaction.atomic
def file_report(  # noqa: PLR0913 - one form, one call
    *,
    topic: str,
    reference: str,
    division: Division,
    text: str,
    contact: str,
    at: datetime,
    papers: Iterable[UploadedFile] = (),
) -> Report:
    """
    Take a report; who makes it need not say who they are, and gets a number that nobody guesses.

    Raises:
        Refused: nothing is said, nobody is there to see to it, or a file may not be stored.
    """
    authority = office_for(division)
    require(report_says_something(text), authority_is_there(authority))
    assert authority is not None  # noqa: S101 - the guard has asked
    report = Report.objects.create(
        topic=topic,
        reference=reference.strip(),
        division=division,
        authority=authority,
        text=text.strip(),
        contact=contact.strip(),
        filed_at=at,
        rulebook=pin_rulebook(division=division, at=at),
    )
    report.papers.set(store_all(papers, organization=authority, by=None, at=at))
    report.begin_without_deadlines()
    deadlines.start(REPORT, report, at)
    record(by=None, verb="report.filed", target=report, at=at, organization=authority)
    notify(
        organization=authority,
        kind="bidding/report_filed",
        at=at,
        url=links.to_report(report),
        roles=[OPERATOR],
        report=report,
    )
    return report


def office_for(division: Division) -> Organization | None:
    """Return who sees to reports from `division`: its operators, or those next above."""
    return next(iter(operators_of(division)), None) or authority_for(division)


@transaction.atomic
def answer_report(  # noqa: PLR0913 - one form, one call
    *,
    report: Report,
    answer: str,
    by: User,
    at: datetime,
    is_taken_up: bool = True,
    suspicion: Suspicion | None = None,
    seen: str | None = None,
) -> Report:
    """
    Answer a report, or say why nothing is done about it; who has the receipt reads it.

    With a `suspicion` the regulators of the agency's place have a case to look into from now on.

    Raises:
        Refused: a guard in `may_answer_report` does not hold, or no answer is given.
    """
    if suspicion is not None:  # organisations are locked first
        Organization.objects.lock(suspicion.agency.pk)
    report = Report.objects.lock(report.pk)
    require(
        *may_answer_report(report),
        report_answer_is_given(answer),
        *as_seen(version_of(Seen(report)), seen),
    )
    before = report.status
    move = report.give_answer if is_taken_up else report.set_aside
    move(at=at, by=by, answer=answer.strip())
    report.case = _case_about(report, suspicion, at) if suspicion else None
    report.save()
    deadlines.stop(REPORT, report, at)
    record(
        by=by,
        verb="report.answered",
        target=report,
        at=at,
        organization=report.authority,
        before=before,
        case=report.case.number if report.case else "",
    )
    return report


def _case_about(report: Report, suspicion: Suspicion, at: datetime) -> Case | None:
    return find_case(
        organization=suspicion.agency,
        source=CaseSource.COMPLAINT,
        kind=suspicion.kind,
        facts=report.text,
        occurred_at=report.filed_at,
        at=at,
    )
