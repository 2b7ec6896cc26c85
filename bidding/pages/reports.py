"""Reports as who has the receipt sees them, and the officers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bidding import permissions
from bidding.models import Report
from bidding.models.report import ReportQuerySet
from credit.permissions import can_see_case
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import end_of
from marketplace.kernel.models.deadlines import deadlines_of
from marketplace.kernel.versions import Seen, version_of
from marketplace.parties import Party
from marketplace.web.components import (
    NOW,
    PAST,
    Crumb,
    Crumbs,
    Empty,
    Fact,
    Order,
    Step,
    Tab,
    Text,
)
from marketplace.web.queues import Handling, Queue, handling_of

GROUP = 4
HANDLED = Queue(
    name="reports",
    label=gettext_lazy("举报办理"),
    rows=lambda: Report.objects.select_related("authority__division", "division__parent"),
    searched=("reference", "text"),
    may_handle=permissions.can_answer_report,
    is_open=lambda row: row.status == Report.Status.FILED,
    title=lambda row: _("举报：%(topic)s") % {"topic": row.get_topic_display()},
    url=lambda row: reverse("bidding:report_answer", args=[row.slug]),
    version=lambda row: version_of(Seen(row)),
)
FIND = gettext_lazy("查询举报的答复")
OPEN, DONE = "open", "done"
NOTHING = Empty(gettext_lazy("这里没有举报"), gettext_lazy("收到举报以后，会出现在这里。"))


def written_receipt(receipt: str) -> str:
    """Return the number in groups that can be copied by hand."""
    return "-".join(receipt[start : start + GROUP] for start in range(0, len(receipt), GROUP))


def steps_of(report: Report) -> list[Step]:
    """Return how far it is."""
    filed = Step(_("收到"), PAST, report.filed_at)
    if report.answered_at is None:
        return [filed, Step(_("答复"), NOW, report.due_at, _("至"))]
    return [filed, Step(report.get_status_display(), PAST, report.answered_at)]


@dataclass(frozen=True)
class ReportLine:
    """One in the officers' queue; `is_late`: its deadline has passed."""

    key: int
    title: Text
    sub: str
    url: str
    filed_at: datetime
    due_at: datetime | None
    is_late: bool
    status: Text


def queue_of(party: Party, chosen: str) -> ReportQuerySet:
    """Return the reports of the officer's area, what is due first on top."""
    rows = Report.objects.within(party.organization.division).select_related("division__parent")
    rows = rows.prefetch_related(deadlines_of())
    if chosen == DONE:
        return rows.exclude(status=Report.Status.FILED)
    return rows.open()


def report_orders(chosen: str) -> list[Order]:
    """Return how the queue can be sorted."""
    newest = Order("newest", _("最近收到的在前"), ("-filed_at", "-pk"))
    if chosen == DONE:
        return [newest]
    due = Order("due", _("先到期的在前"), (end_of("report.answer").asc(), "pk"))
    return [due, newest]


def counts_of(party: Party) -> dict[str, int]:
    """Return how many stand in each queue."""
    return {name: queue_of(party, name).count() for name in (OPEN, DONE)}


def tabs_of(counts: Mapping[str, int], chosen: str) -> list[Tab]:
    """Return the queues with what stands in them."""
    labels = {OPEN: _("待处理"), DONE: _("已经办结")}
    return [
        Tab(label, f"?queue={name}", name == chosen, counts[name]) for name, label in labels.items()
    ]


def line_of(report: Report, at: datetime) -> ReportLine:
    """Return the line of one."""
    due = report.due_at if report.status == Report.Status.FILED else None
    return ReportLine(
        key=report.pk,
        title=report.get_topic_display(),
        sub=" · ".join(one for one in (report.division.full_name, report.reference) if one),
        url=reverse("bidding:report_answer", args=[report.slug]),
        filed_at=report.filed_at,
        due_at=due,
        is_late=due is not None and due <= at,
        status=report.get_status_display(),
    )


def handling(report: Report, party: Party, at: datetime) -> Handling | None:
    """Return who has taken it on, for who may answer it."""
    if not permissions.can_answer_report(party, report):
        return None
    return handling_of(HANDLED, report, party, day_of(at))


def facts_of(report: Report, party: Party) -> list[Fact]:
    """Return what the officers know beside the text."""
    facts = [
        Fact(_("关于什么"), report.get_topic_display()),
        Fact(_("编号或者名称"), report.reference or "—", is_long=True),
        Fact(_("地区"), report.division.full_name),
        Fact(_("联系方式"), report.contact or _("没有留下"), is_long=True),
        Fact(_("办理机关"), report.authority.name, is_long=True),
    ]
    case = report.case
    if case is not None:
        sees = can_see_case(party, case)
        url = reverse("credit:case", args=[case.slug]) if sees else ""
        facts.append(Fact(_("已移送立案核查"), case.number, url))
    return facts


def public_crumbs(*here: Text) -> Crumbs:
    """Lead back to the form."""
    way = [Crumb(_("举报"), reverse("bidding:report_new"))] if here else []
    return Crumbs.of(*way, Crumb(here[0] if here else _("举报")))


def officer_crumbs(*here: Text) -> Crumbs:
    """Lead back to the queue."""
    way = [Crumb(_("举报办理"), reverse("bidding:reports"))] if here else []
    return Crumbs.of(*way, Crumb(here[0] if here else _("举报办理")))
