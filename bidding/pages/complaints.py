"""What everybody may read of objections and complaints: what was answered, what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bidding.models import Dispute, DisputeQuerySet
from bidding.pages.disputes import HIDDEN_FILER, closing_of, hides_filer, steps_of
from marketplace.web.components import Crumb, Crumbs, Fact, Order, Step, Text
from marketplace.web.personal import without_personal


def public_disputes() -> DisputeQuerySet:
    """Return what is public, with what the list shows of it."""
    return Dispute.objects.told().with_relations()


def dispute_orders() -> list[Order]:
    """Return how the public list can be sorted."""
    return [
        Order("newest", _("最近公开的在前"), ("-told_at", "-pk")),
        Order("filed", _("最近提出的在前"), ("-filed_at", "-pk")),
    ]


def public_filer(dispute: Dispute) -> Text:
    """Return who has filed it, unless that told who may bid for an order that is not opened."""
    return HIDDEN_FILER if hides_filer(dispute) else dispute.filer.name


def outcome_of(dispute: Dispute) -> Text:
    """Return what came of it in a word."""
    if dispute.is_upheld is None:
        return dispute.get_status_display()
    return _("投诉成立") if dispute.is_upheld else _("投诉不成立")


@dataclass(frozen=True)
class PublicLine:
    """One line of the public list."""

    number: str
    title: str
    url: str
    filer: Text
    respondent: str
    authority: str
    outcome: Text
    dispute: Dispute


def public_line(dispute: Dispute) -> PublicLine:
    """Return the line of one."""
    return PublicLine(
        number=dispute.number,
        title=dispute.title,
        url=reverse("bidding:complaint", args=[dispute.number]),
        filer=public_filer(dispute),
        respondent=dispute.respondent.name,
        authority=dispute.authority.name,
        outcome=outcome_of(dispute),
        dispute=dispute,
    )


@dataclass(frozen=True)
class PublicDispute:
    """One as everybody reads it, personal data hidden."""

    line: PublicLine
    facts: list[Fact]
    steps: list[Step]
    claim: str
    request: str
    answer: str
    decision: str
    closing: str


def public_dispute(dispute: Dispute) -> PublicDispute:
    """Return the public page of one."""
    line = public_line(dispute)
    hidden = without_personal
    return PublicDispute(
        line=line,
        facts=_facts(line),
        steps=steps_of(dispute),
        claim=hidden(dispute.facts),
        request=hidden(dispute.request),
        answer=hidden(dispute.answer),
        decision=hidden(dispute.decision),
        closing=hidden(str(closing_of(dispute))),
    )


def _facts(line: PublicLine) -> list[Fact]:
    dispute, facts = line.dispute, []
    facts += [
        Fact(_("编号"), line.number),
        Fact(_("提出单位"), line.filer, is_long=True),
        Fact(_("答复单位"), line.respondent, is_long=True),
        Fact(_("办理机关"), line.authority, is_long=True),
        Fact(_("结果"), line.outcome),
    ]
    if dispute.decided_at is not None:
        facts.append(Fact(_("处理"), dispute.get_remedy_display()))
    if dispute.tender is not None and dispute.tender.code:
        url = reverse("bidding:tender", args=[dispute.tender.code])
        facts.append(Fact(_("采购"), dispute.tender.code, url))
    return facts


def dispute_table(disputes: Iterable[Dispute]) -> Iterator[list[object]]:
    """Yield the heads and then a row for each; moments in Beijing time."""
    yield [
        _("编号"),
        _("类别"),
        _("事由"),
        _("采购编号"),
        _("提出单位"),
        _("答复单位"),
        _("办理机关"),
        _("提出时间"),
        _("答复时间"),
        _("决定时间"),
        _("结果"),
        _("处理"),
    ]
    for row in disputes:
        yield [
            row.number,
            row.get_kind_display(),
            row.get_matter_display(),
            (row.tender.code or "") if row.tender else "",
            public_filer(row),
            row.respondent.name,
            row.authority.name,
            *(_written(at) for at in (row.filed_at, row.answered_at, row.decided_at)),
            outcome_of(row),
            row.get_remedy_display() if row.decided_at else "",
        ]


def _written(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def complaint_crumbs(*here: Text) -> Crumbs:
    """Lead back to the public list."""
    label = _("异议和投诉")
    if not here:
        return Crumbs.of(Crumb(label))
    return Crumbs.of(Crumb(label, reverse("bidding:complaints")), Crumb(here[0]))
