"""Take a report by anybody, and answer it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bidding import links
from bidding.actions.deadlines.disputes import REPORT
from bidding.actions.telling import OPERATOR, operators_of
from bidding.guards.disputes import authority_is_there
from bidding.guards.reports import may_answer_report, report_answer_is_given, report_says_something
from bidding.models import Report
from credit.standing import authority_for
from marketplace.actions.messages import notify
from marketplace.actions.rulebook import pin_rulebook
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.kernel.versions import Seen, version_of
from marketplace.models import Division, Organization, User
from marketplace.web.versions import as_seen


@transaction.atomic
def file_report(
    *,
    topic: str,
    reference: str,
    division: Division,
    text: str,
    contact: str,
    at: datetime,
) -> Report:
    """
    Take a report; who makes it need not say who they are, and gets a number that nobody guesses.

    Raises:
        Refused: nothing is said, or nobody is there to see to it.
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
def answer_report(
    *,
    report: Report,
    answer: str,
    by: User,
    at: datetime,
    is_taken_up: bool = True,
    seen: str | None = None,
) -> Report:
    """
    Answer a report, or say why nothing is done about it; who has the receipt reads it.

    Raises:
        Refused: a guard in `may_answer_report` does not hold, or no answer is given.
    """
    report = Report.objects.lock(report.pk)
    require(
        *may_answer_report(report),
        report_answer_is_given(answer),
        *as_seen(version_of(Seen(report)), seen),
    )
    before = report.status
    move = report.give_answer if is_taken_up else report.set_aside
    move(at=at, by=by, answer=answer.strip())
    report.save()
    deadlines.stop(REPORT, report, at)
    record(
        by=by,
        verb="report.answered",
        target=report,
        at=at,
        organization=report.authority,
        before=before,
    )
    return report
