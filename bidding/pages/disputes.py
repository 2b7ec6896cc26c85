"""Objections and complaints as their sides and the officers see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bidding import permissions
from bidding.guards import disputes as guards
from bidding.models import Dispute, DisputeQuerySet, Matter, Tender
from bidding.models.deadlines import DisputeDeadline
from bidding.models.dispute import OVER, PENDING, DisputeKind
from credit.models import CaseSource
from credit.permissions import can_open_case
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import end_of
from marketplace.kernel.statements import Prefix, statement
from marketplace.kernel.verdicts import Verdict, all_hold
from marketplace.kernel.versions import Seen, version_of
from marketplace.models import Document, Organization, User
from marketplace.parties import Party
from marketplace.web.acts import Act, Acts
from marketplace.web.components import (
    FUTURE,
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
from marketplace.web.workbench import ASKED

Status = Dispute.Status
MAIN, ASIDE = "primary", "secondary"
ABOUT = gettext_lazy("关于什么")
HIDDEN_FILER = gettext_lazy("一家入驻机构（开启报价以前不公开名称）")
CLOSING = {
    "settled": gettext_lazy("提出单位认可答复"),
    "lapsed": gettext_lazy("期满没有投诉"),
    "complained": gettext_lazy("已转为投诉"),
}
"""What the platform notes of an end that no officer has put into words."""
OWN, ANSWERS, CLOSED = "own", "answers", "closed"
CHECK, WAITING, DECIDE, EXECUTE, DONE = "check", "waiting", "decide", "execute", "done"
QUEUES: dict[str, tuple[Text, Q]] = {
    CHECK: (gettext_lazy("待受理"), Q(status=Status.FILED)),
    WAITING: (gettext_lazy("待答复"), Q(status=Status.ANSWERING)),
    DECIDE: (
        gettext_lazy("待处理决定"),
        Q(status=Status.ANSWERED, kind=Dispute.Kind.COMPLAINT),
    ),
    EXECUTE: (
        gettext_lazy("待办结"),
        Q(status=Status.DECIDED) | Q(status=Status.ANSWERED, kind=Dispute.Kind.OBJECTION),
    ),
    DONE: (gettext_lazy("已经办结"), Q(status__in=OVER)),
}
DUE = {
    CHECK: DisputeDeadline.CHECK,
    WAITING: DisputeDeadline.ANSWER,
    DECIDE: DisputeDeadline.DECISION,
    EXECUTE: DisputeDeadline.ESCALATION,
}
HANDLED = Queue(
    name="disputes",
    label=gettext_lazy("异议与投诉"),
    rows=Dispute.objects.with_relations,
    searched=(
        *("number", "facts", "filer__name", "filer__uscc", "respondent__name"),
        *("tender__code", "tender__title"),
    ),
    may_handle=permissions.can_handle_dispute,
    is_open=lambda row: row.closed_at is None and row.status != Status.REFUSED,
    title=lambda row: f"{row.number} {row.title}",
    url=lambda row: reverse("bidding:dispute", args=[row.slug]),
    version=lambda row: version_of(Seen(row)),
)
AWAITS_AN_OFFICER = QUEUES[CHECK][1] | QUEUES[DECIDE][1]
NOTHING = Empty(
    gettext_lazy("这里没有异议和投诉"), gettext_lazy("有单位提出以后，会出现在这里和待办里。")
)


@dataclass(frozen=True)
class Line:
    """One of a list, with when its running deadline ends."""

    dispute: Dispute
    title: str
    url: str
    due_at: datetime | None
    is_late: bool
    other: Text


# --- Lists ----------------------------------------------------------------------------------------
def own_lines(party: Party, at: datetime) -> list[Line]:
    """Return what the own unit has filed or must answer, what waits first."""
    rows = Dispute.objects.of(party.organization).with_relations().order_by("-filed_at", "-pk")
    seen = [row for row in rows if permissions.can_see_own_dispute(party, row)]
    seen.sort(key=lambda row: not row.is_pending)
    return [_line(row, at, own=party.organization) for row in seen]


def officer_queue(party: Party) -> DisputeQuerySet:
    """Return what the officer's area has to see to, what is due first on top."""
    division = party.organization.division
    rows = Dispute.objects.filter(authority__division__code__startswith=division.prefix)
    return rows.exclude(respondent=party.organization)


def officer_counts(party: Party) -> dict[str, int]:
    """Return how many stand in each queue; one query."""
    counts = {name: Count("pk", filter=where) for name, (_label, where) in QUEUES.items()}
    return officer_queue(party).aggregate(**counts)


def officer_tabs(counts: Mapping[str, int], chosen: str) -> list[Tab]:
    """Return the queues with what stands in them."""
    return [
        Tab(label, f"?queue={name}", name == chosen, counts[name])
        for name, (label, _where) in QUEUES.items()
    ]


def officer_rows(party: Party, queue: str) -> DisputeQuerySet:
    """Return the rows of a queue."""
    return officer_queue(party).filter(QUEUES[queue][1]).with_relations()


def officer_orders(queue: str) -> list[Order]:
    """Return how a queue can be sorted: by deadline, what is over by its end."""
    newest = Order("newest", _("最近提出的在前"), ("-filed_at", "-pk"))
    if queue == DONE:
        return [Order("closed", _("最近办结的在前"), ("-closed_at", "-pk")), newest]
    ends = end_of(DUE[queue]).asc(nulls_last=True)
    return [Order("due", _("先到期的在前"), (ends, "pk")), newest]


def officer_lines(rows: Sequence[Dispute], at: datetime) -> list[Line]:
    """Return the lines of a page of a queue."""
    return [_line(row, at) for row in rows]


def disputes_waiting_for(party: Party) -> list[Dispute]:
    """Return some of what waits for the unit's answer, and for this officer, the oldest first."""
    unit = party.organization
    waiting = _awaits_the_answer_of(unit.pk)
    if permissions.can_see_disputes(party):
        division = unit.division
        waiting += _awaits_the_officer(
            [kind for kind in DisputeKind if party.has_role(permissions.role_for(kind))],
            unit=unit.pk,
            place=division.code,
            prefix=division.prefix,
            person=party.user.pk,
        )
    return [row for row in waiting if _waits_for(row, party)]


@statement
def _awaits_the_answer_of(unit: int) -> QuerySet[Dispute]:
    return _to_name(Dispute.objects.filter(status=Status.ANSWERING, respondent=unit))[:ASKED]


@statement
def _awaits_the_officer(
    kinds: Sequence[str], *, unit: int, place: str, prefix: Prefix, person: int
) -> QuerySet[Dispute]:
    area = Dispute.objects.filter(
        AWAITS_AN_OFFICER, kind__in=kinds, authority__division__code__startswith=prefix
    )
    ours = area.filter(Q(authority=unit) | ~Q(authority__division=place)).exclude(respondent=unit)
    # what they show is joined to the few that are shown
    first = ours.left_by_four_eyes(person).order_by("filed_at", "pk").values("pk")[:ASKED]
    return _to_name(Dispute.objects.filter(pk__in=first))


def _to_name(rows: DisputeQuerySet) -> DisputeQuerySet:
    """Return them with what says whom they wait for, and what they are called by."""
    found = rows.select_related("tender", "authority__division").order_by("filed_at", "pk")
    order = ("status", "buyer", "created_by", "reviewed_by", "published_by", "registered_by")
    return found.only(
        *("slug", "number", "kind", "matter", "status", "filer", "respondent", "refusal_reasons"),
        *("checked_at", "checked_by", "authority__division__code"),
        *(f"tender__{name}" for name in order),
    )


def _waits_for(dispute: Dispute, party: Party) -> bool:
    if dispute.status == Status.ANSWERING:
        return permissions.can_answer_dispute(party, dispute)
    return permissions.can_handle_dispute(party, dispute) and _may_act(dispute, party.user)


def _may_act(dispute: Dispute, by: User) -> bool:
    is_new = dispute.status == Status.FILED
    asked = guards.may_check(dispute, by) if is_new else guards.may_decide(dispute, by)
    return all_hold(asked)


def _line(dispute: Dispute, at: datetime, own: Organization | None = None) -> Line:
    is_filer = own is not None and own.pk == dispute.filer_id
    name = "bidding:own_dispute" if own else "bidding:dispute"
    due = dispute.due_at
    return Line(
        dispute=dispute,
        title=dispute.title,
        url=reverse(name, args=[dispute.slug]),
        due_at=due,
        is_late=due is not None and due <= at,
        other=dispute.respondent.name if is_filer else filer_name(dispute, own),
    )


def handling(dispute: Dispute, party: Party, at: datetime) -> Handling | None:
    """Return who has taken it on, for who may handle it."""
    if not permissions.can_handle_dispute(party, dispute):
        return None
    return handling_of(HANDLED, dispute, party, day_of(at))


# --- Words ----------------------------------------------------------------------------------------
def hides_filer(dispute: Dispute) -> bool:
    """Tell whether the filer's name would tell who may bid: before the opening."""
    tender = dispute.tender
    return tender is not None and dispute.matter == Matter.NOTICE and not tender.is_opened


def filer_name(dispute: Dispute, reader: Organization | None = None) -> Text:
    """Return who has filed it, to `reader`; an authority's officers, who have none, know it."""
    if reader is None or reader.pk == dispute.filer_id or not hides_filer(dispute):
        return dispute.filer.name
    return HIDDEN_FILER


def closing_of(dispute: Dispute) -> Text:
    """Return why it is over, in words."""
    return CLOSING.get(dispute.closing_note, dispute.closing_note)


def facts_of(dispute: Dispute, reader: Organization | None = None) -> list[Fact]:
    """Return what is known of it beside its texts."""
    facts = [
        Fact(_("编号"), dispute.number),
        Fact(_("提出单位"), filer_name(dispute, reader), is_long=True),
        Fact(_("答复单位"), dispute.respondent.name, is_long=True),
        Fact(_("办理机关"), dispute.authority.name, is_long=True),
    ]
    if dispute.tender is not None and dispute.tender.code:
        url = reverse("bidding:tender", args=[dispute.tender.code])
        facts.append(Fact(_("采购"), dispute.tender.code, url))
    if dispute.occurred_on is not None:
        facts.append(Fact(_("事情发生的日期"), f"{dispute.occurred_on:%Y-%m-%d}"))
    return facts


def steps_of(dispute: Dispute) -> list[Step]:
    """Return the steps with their moments, what runs with its deadline."""
    return [*_steps(dispute)]


def _steps(dispute: Dispute) -> Iterator[Step]:
    yield Step(_("提出"), PAST, dispute.filed_at)
    if dispute.status == Status.REFUSED:
        yield Step(_("不予受理"), NOW, dispute.checked_at)
        return
    if dispute.status == Status.WITHDRAWN:
        yield Step(_("已撤回"), NOW, dispute.closed_at)
        return
    yield _step(
        _("受理"),
        dispute.checked_at,
        dispute.check_due_at,
        is_now=dispute.status == Status.FILED,
    )
    yield _answer_step(dispute)
    if dispute.is_complaint:
        is_now = dispute.status == Status.ANSWERED
        yield _step(_("处理决定"), dispute.decided_at, dispute.decision_due_at, is_now=is_now)
    is_over = dispute.closed_at is not None
    waits = dispute.status == Status.ANSWERED and not dispute.is_complaint
    due = dispute.escalation_due_at if waits else None
    yield (
        Step(_("办结"), PAST, dispute.closed_at)
        if is_over
        else Step(_("办结"), NOW if waits else FUTURE, due, _("至"))
    )


def _answer_step(dispute: Dispute) -> Step:
    is_now = dispute.status == Status.ANSWERING
    went_by = dispute.answered_at is None and dispute.checked_at is not None and not is_now
    if went_by:
        return Step(_("答复"), PAST, note=_("期满没有答复"))
    return _step(_("答复"), dispute.answered_at, dispute.answer_due_at, is_now=is_now)


def _step(label: Text, at: datetime | None, due: datetime | None, *, is_now: bool) -> Step:
    if at is not None:
        return Step(label, PAST, at)
    return Step(label, NOW if is_now else FUTURE, due if is_now else None, _("至"))


def papers_of(dispute: Dispute) -> tuple[list[Document], list[Document]]:
    """Return the evidence, and the papers of the answer."""
    return [*dispute.evidence.order_by("pk")], [*dispute.answer_papers.order_by("pk")]


def document_of(dispute: Dispute, slug: str) -> Document | None:
    """Return a paper of it, or None for any other."""
    evidence, papers = papers_of(dispute)
    return next((one for one in (*evidence, *papers) if one.slug == slug), None)


# --- Acts -----------------------------------------------------------------------------------------
def own_acts(dispute: Dispute, party: Party, at: datetime) -> Acts | None:
    """Return what the own side may do now; None where nothing is left."""
    acts = [*_own_acts(dispute, party, at)]
    return Acts(acts) if acts else None


def _own_acts(dispute: Dispute, party: Party, at: datetime) -> Iterator[Act]:
    if permissions.can_answer_dispute(party, dispute) and dispute.status == Status.ANSWERING:
        yield _act("dispute_answer", _("答复"), dispute, guards.may_answer(dispute, at))
    if not permissions.can_withdraw_dispute(party, dispute) or not dispute.is_pending:
        return
    if dispute.status == Status.ANSWERED and not dispute.is_complaint:
        yield _act("dispute_complain", _("投诉"), dispute, guards.may_complain(dispute, at))
        was = (guards.objection_was_answered(dispute),)
        yield _act("dispute_settle", _("认可答复，办结"), dispute, was, ASIDE)
    yield _act("dispute_withdraw", _("撤回"), dispute, (guards.dispute_is_pending(dispute),), ASIDE)


def officer_acts(dispute: Dispute, party: Party) -> Acts | None:
    """Return what the officer may do now; None who only reads."""
    if not permissions.can_handle_dispute(party, dispute):
        return None
    acts = [*_officer_acts(dispute, party)]
    return Acts(acts) if acts else None


def _officer_acts(dispute: Dispute, party: Party) -> Iterator[Act]:
    by = party.user
    if dispute.status == Status.FILED:
        asked = guards.may_check(dispute, by)
        yield _act("dispute_accept", _("受理"), dispute, asked)
        yield _act("dispute_refuse", _("不予受理"), dispute, asked, ASIDE)
    if dispute.status == Status.ANSWERED and dispute.is_complaint:
        asked = guards.may_decide(dispute, by)
        yield _act("dispute_decide", _("作出处理决定"), dispute, asked)
    if dispute.status == Status.DECIDED:
        yield _act("dispute_close", _("办结"), dispute, guards.may_close(dispute, by))
    if dispute.is_upheld and can_open_case(party):
        yield from _case_links(dispute)
    if dispute.status in PENDING:
        stands = (guards.officer_stands_by(dispute, by),)
        yield _act("dispute_recuse", _("申请回避"), dispute, stands, ASIDE)


def _case_links(dispute: Dispute) -> Iterator[Act]:
    """Lead from a complaint that was found right to a case about the agency that it is about."""
    tender = dispute.tender
    award = tender.award if tender is not None else None
    agencies = [dispute.respondent, *([award.bid.agency] if award is not None else [])]
    for agency in agencies:
        if agency.kind == Organization.Kind.AGENCY:
            asked = {"agency": agency.slug, "source": CaseSource.COMPLAINT.value}
            if tender is not None and tender.code:
                asked["reference"] = tender.code
            url = f"{reverse('credit:case_new')}?{urlencode(asked)}"
            label = _("立案：%(agency)s") % {"agency": agency.name}
            yield Act(f"case-{agency.slug}", label, url, (), kind=ASIDE)


def _act(
    name: str,
    label: str,
    dispute: Dispute,
    verdicts: tuple[Verdict, ...],
    kind: str = MAIN,
) -> Act:
    url = reverse(f"bidding:{name}", args=[dispute.slug])
    return Act(name, label, url, verdicts, kind=kind)


# --- Of an order ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class ToldLine:
    """One that is public, as the order's page names it."""

    title: str
    number: str
    status: Text


@dataclass(frozen=True)
class DisputeSection:
    """What everybody reads of the objections to an order: why it stands still, what was decided."""

    told: Sequence[ToldLine]
    about: str = ""
    """What it stands still for, if it does."""
    since: datetime | None = None

    @property
    def is_empty(self) -> bool:
        return self.since is None and not self.told


def dispute_section(tender: Tender) -> DisputeSection:
    """Return the section of the order's page."""
    told, holding = [], []
    for one in _of_order(tender.pk):
        if one.is_told:
            told.append(ToldLine(one.title, one.number, one.get_status_display()))
        if one.holds_up:
            holding.append(one)
    since = _stands_since(tender)
    if since is None or not holding:
        return DisputeSection(told)
    return DisputeSection(told, holding[0].title, since)


def _stands_since(tender: Tender) -> datetime | None:
    """Return since when the order, or its result, stands still; its deadlines are read already."""
    award = tender.award
    return tender.suspended_since or (award.suspended_since if award else None)


@statement
def _of_order(order: int) -> QuerySet[Dispute]:
    return Dispute.objects.filter(tender=order).order_by("pk")


# --- Crumbs ---------------------------------------------------------------------------------------
def own_crumbs(*here: Text) -> Crumbs:
    """Lead back to the own list."""
    way = [Crumb(_("我的异议与投诉"), reverse("bidding:own_disputes"))] if here else []
    last = here[0] if here else _("我的异议与投诉")
    return Crumbs.of(*way, Crumb(last))


def officer_crumbs(*here: Text) -> Crumbs:
    """Lead back to the officers' list."""
    way = [Crumb(_("异议与投诉"), reverse("bidding:disputes"))] if here else []
    last = here[0] if here else _("异议与投诉")
    return Crumbs.of(*way, Crumb(last))
