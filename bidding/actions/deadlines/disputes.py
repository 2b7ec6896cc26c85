"""The deadlines of an objection or a complaint: check, answer, the time to complain, decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bidding import links, periods
from bidding.models import Dispute, Report
from bidding.models.deadlines import DisputeDeadline
from bidding.rulebook import bound_rules
from marketplace.actions.messages import notify
from marketplace.kernel.calendar import WorkCalendar
from marketplace.kernel.deadlines import Ending, Kind, Settled
from marketplace.kernel.declarations import Rules

Counted = Callable[[datetime, Rules, WorkCalendar], Ending]


def lock_dispute(dispute: Dispute) -> Dispute:
    """Lock one, and return it freshly read; what it is about is locked before it."""
    return Dispute.objects.lock(dispute.pk)


def _no_grace(_dispute: Dispute) -> timedelta:
    """Return nothing: who is late finds that it has gone on."""
    return timedelta(0)


def _counting(counted: Counted) -> Callable[[Dispute, datetime, WorkCalendar], Ending]:
    def end(dispute: Dispute, start: datetime, calendar: WorkCalendar) -> Ending:
        return counted(start, bound_rules(dispute.rulebook), calendar)

    return end


def _tell(dispute: Dispute, found: Settled, at: datetime) -> None:
    """Tell who files, who answers and who decides."""
    label = DisputeDeadline(found.deadline).label
    for side, url in links.of_dispute(dispute):
        notify(
            organization=side,
            kind="bidding/dispute_deadline_settled",
            at=at,
            url=url,
            dispute=dispute,
            label=label,
            settled=found,
        )


def _kind(
    name: DisputeDeadline, counted: Counted, grace: Callable[[Dispute], timedelta] | None = None
) -> Kind[Dispute]:
    return Kind(
        name=name.value,
        label=name.label,
        lock=lock_dispute,
        end=_counting(counted),
        reference=lambda dispute: dispute.number,
        tell=_tell,
        grace=grace,
        organization=lambda dispute: dispute.authority,
    )


CHECK = _kind(DisputeDeadline.CHECK, periods.check_due)
ANSWER = _kind(DisputeDeadline.ANSWER, periods.answer_due, _no_grace)
ESCALATION = _kind(DisputeDeadline.ESCALATION, periods.escalation_ends, _no_grace)
DECISION = _kind(DisputeDeadline.DECISION, periods.dispute_decision_due)


def _report_end(report: Report, start: datetime, calendar: WorkCalendar) -> Ending:
    return periods.report_due(start, bound_rules(report.rulebook), calendar)


def _tell_office(report: Report, found: Settled, at: datetime) -> None:
    notify(
        organization=report.authority,
        kind="bidding/report_deadline_settled",
        at=at,
        url=links.to_report(report),
        report=report,
        settled=found,
    )


REPORT = Kind[Report](
    name=DisputeDeadline.REPORT.value,
    label=DisputeDeadline.REPORT.label,
    lock=lambda report: Report.objects.lock(report.pk),
    end=_report_end,
    reference=str,
    tell=_tell_office,
    organization=lambda report: report.authority,
)
