"""What credit adds to a person's workbench: where to go, and what to do by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from credit import permissions
from credit.models import (
    Case,
    Correction,
    Entry,
    Finding,
    ListFault,
    ReportedFact,
    name_of_kind,
)
from credit.models.deadlines import CreditDeadline
from credit.models.findings import conduct_of
from credit.pages.queues import DUE, FIRST, FOUND, HEARING, QUEUES, REMEDY
from credit.standing import standing_of
from marketplace.kernel import known
from marketplace.kernel.deadlines import Label
from marketplace.kernel.models.ends import ends_of
from marketplace.kernel.statements import Prefix, statement
from marketplace.models import Organization
from marketplace.parties import Party
from marketplace.web.workbench import ASKED, Aside, NavItem, Todo

FEW = 3
CASE_DEADLINES = (CreditDeadline.STATEMENT, CreditDeadline.DECISION)
STATEMENT_ENDS = _("陈述申辩期满")
RESTRICTION_ENDS = _("信用限制到期")


def nav(party: Party, at: datetime) -> list[NavItem]:  # noqa: ARG001 - the contributors' signature
    """Return the entries of credit for what `party` may see."""
    items: list[NavItem] = []
    if permissions.can_see_own_record(party):
        is_agency = party.is_agency
        waiting = len(_cases_to_state(party.organization)) if is_agency else None
        items.append(NavItem(reverse("credit:own_record"), _("信用记录"), "i-shield", 50, waiting))
    if permissions.can_supervise(party):
        cases = NavItem(reverse("credit:case_list"), _("信用案件"), "i-gavel", 50)
        items += [
            cases.counting(_open_cases(party.organization.division.prefix)),
            NavItem(reverse("credit:standing_list"), _("机构信用"), "i-shield", 51),
        ]
    if permissions.can_manage_scheme(party):
        items.append(NavItem(reverse("credit:scheme_versions"), _("信用评价方案"), "i-shield", 52))
    return items


def todos(party: Party, at: datetime) -> list[Todo]:
    """Return what `party` has to do in cases."""
    if permissions.can_see_own_record(party):
        return list(_statement_todos(party, at))
    found = list(_list_todos()) if permissions.can_import_list(party) else []
    if permissions.can_open_case(party):
        found += [
            *_finding_todos(party),
            *_decision_todos(party),
            *_case_todos(party),
            *_fact_todos(party),
            *_correction_todos(party),
        ]
    return found


def asides(party: Party, at: datetime) -> list[Aside]:
    """Return the own standing and what changed it last, for agencies and owners."""
    if not permissions.can_see_own_record(party):
        return []
    unit = party.organization
    entries = _entries(unit.pk, at)
    context = {"standing": standing_of(unit, at), "entries": entries}
    return [Aside("credit/_aside_standing.html", context, 10)]


@statement
def _entries(organization: int, at: datetime) -> QuerySet[Entry]:
    return Entry.objects.filter(organization=organization).known_at(at)[:FEW]


@dataclass(frozen=True)
class CaseToState:
    """An own case on which its agency may be heard."""

    pk: int
    slug: str
    kind: str
    number: str


def _cases_to_state(organization: Organization) -> list[CaseToState]:
    """Return the own cases that wait for a statement; asked once in a reading request."""
    key = organization.pk
    return known.once_here("cases to state", key, read=partial(_read_cases, key))


def _read_cases(organization: int) -> list[CaseToState]:
    return [CaseToState(*told) for told in _notified(organization)]


@statement
def _notified(organization: int) -> QuerySet[Case, Any]:
    cases = Case.objects.filter(organization=organization, status=Case.Status.NOTIFIED)
    return cases.values_list("pk", "slug", "kind", "number")


def _statement_todos(party: Party, at: datetime) -> Iterator[Todo]:
    if not permissions.can_speak_for(party):
        return
    cases = _cases_to_state(party.organization)
    ends = ends_of([case.pk for case in cases])
    for case in cases[:ASKED]:
        due_at = ends.of(CreditDeadline.STATEMENT, case.pk)
        if due_at is not None and due_at > at:
            yield Todo(
                title=_("陈述、申辩"),
                subject=f"{name_of_kind(case.kind)} {case.number}",
                url=reverse("credit:own_case", args=[case.slug]),
                action=_("去陈述"),
                due_at=due_at,
                is_provisional=ends.is_provisional(case.pk, *CASE_DEADLINES),
                rule="sanction.statement",
            )


@statement
def _open_findings(prefix: Prefix) -> QuerySet[Finding, Any]:
    found = Finding.objects.open().filter(organization__division__code__startswith=prefix)
    told = ("slug", "by", "trigger", "entry__kind", "organization__name")
    return found.order_by("found_at", "pk").values_list(*told)[:ASKED]


def _finding_todos(party: Party) -> Iterator[Todo]:
    """What the arithmetic has found; it has no deadline, and stays until somebody sees to it."""
    for slug, by, trigger, kind, name in _open_findings(party.organization.division.prefix):
        conduct = conduct_of(by, trigger, kind)
        yield Todo(
            title=Finding.By(by).label,
            subject=f"{name} {name_of_kind(conduct)}",
            url=reverse("credit:finding", args=[slug]),
            action=_("去处理"),
        )


@statement
def _list_faults() -> QuerySet[ListFault]:
    return ListFault.objects.standing()[:ASKED]


def _list_todos() -> Iterator[Todo]:
    """What others keep and the night could not take over; it stays until it is taken over."""
    for fault in _list_faults():
        yield Todo(
            title=_("外部失信名单没有导入"),
            subject=f"{fault.list_name} {fault.file_name}".strip(),
            url=reverse("credit:list_import"),
            action=_("看原因"),
        )


@statement
def _to_decide(prefix: Prefix, person: int) -> QuerySet[Case]:
    due = Case.objects.filter(QUEUES[DUE], authority__division__code__startswith=prefix)
    rows = due.exclude(opened_by=person).order_by(*FIRST[DUE].by)
    return rows.select_related("organization", "authority__division")[:ASKED]


def _decision_todos(party: Party) -> Iterator[Todo]:
    found = _to_decide(party.organization.division.prefix, party.user.pk)
    ends = ends_of([case.pk for case in found])
    for case in found:
        if permissions.can_decide_case(party, case):
            yield Todo(
                title=_("作出处理决定"),
                subject=f"{case.organization.name} {case.get_kind_display()}",
                url=reverse("credit:case", args=[case.slug]),
                action=_("去决定"),
                due_at=ends.of(CreditDeadline.DECISION, case.pk),
                is_provisional=ends.is_provisional(case.pk, *CASE_DEADLINES),
                rule="sanction.decision",
            )


@statement
def _open_cases(prefix: Prefix) -> QuerySet[Case, int]:
    cases = Case.objects.open().filter(authority__division__code__startswith=prefix)
    return cases.order_by().values_list("pk", flat=True)[:ASKED]


@dataclass(frozen=True)
class Waits:
    """What a case waits for: what is to be done, its deadline, and the rule of it."""

    title: Label
    action: Label
    deadline: str = ""
    rule: str = ""


WAITS: dict[str, Waits] = {
    Case.Status.FOUND: Waits(
        _("核查失信线索"), _("去核查"), CreditDeadline.CHECK, "sanction.check"
    ),
    Case.Status.HEARING: Waits(
        _("举行听证"), _("去办理"), CreditDeadline.HEARING, "sanction.hearing"
    ),
}
ASKED_FOR = Waits(_("复核、信用修复"), _("去办理"))


@statement
def _to_see_to(prefix: Prefix) -> QuerySet[Case]:
    found = Q(QUEUES[FOUND], finding__isnull=True) | QUEUES[HEARING] | QUEUES[REMEDY]
    rows = Case.objects.filter(found, authority__division__code__startswith=prefix)
    return rows.select_related("organization", "authority__division").order_by("pk")[:ASKED]


def _case_todos(party: Party) -> Iterator[Todo]:
    """What was found, hearings to be held, and what the parties of decisions have asked for."""
    found = _to_see_to(party.organization.division.prefix)
    ends = ends_of([case.pk for case in found])
    for case in found:
        if not permissions.can_decide_case(party, case):
            continue
        waits = WAITS.get(case.status, ASKED_FOR)
        yield Todo(
            title=waits.title,
            subject=f"{case.organization.name} {case.get_kind_display()}",
            url=reverse("credit:case", args=[case.slug]),
            action=waits.action,
            due_at=ends.of(waits.deadline, case.pk) if waits.deadline else None,
            rule=waits.rule,
        )


@statement
def _to_judge(prefix: Prefix) -> QuerySet[ReportedFact]:
    facts = ReportedFact.objects.open().filter(organization__division__code__startswith=prefix)
    return facts.select_related("organization").order_by("pk")[:ASKED]


def _fact_todos(party: Party) -> Iterator[Todo]:
    found = _to_judge(party.organization.division.prefix)
    ends = ends_of([fact.pk for fact in found])
    for fact in found:
        yield Todo(
            title=_("认定上报的事项"),
            subject=f"{fact.organization.name} {fact.get_kind_display()}",
            url=reverse("credit:fact", args=[fact.slug]),
            action=_("去认定"),
            due_at=ends.of(CreditDeadline.JUDGMENT, fact.pk),
            rule="credit.judgment",
        )


@statement
def _to_look_at(prefix: Prefix, person: int) -> QuerySet[Correction]:
    rows = Correction.objects.open().exclude(proposed_by=person)
    own = rows.filter(entry__organization__division__code__startswith=prefix)
    return own.select_related("entry__organization").order_by("pk")[:ASKED]


def _correction_todos(party: Party) -> Iterator[Todo]:
    for row in _to_look_at(party.organization.division.prefix, party.user.pk):
        yield Todo(
            title=_("复核记录更正"),
            subject=f"{row.entry.organization.name} {row.entry.get_kind_display()}",
            url=reverse("credit:correction", args=[row.slug]),
            action=_("去复核"),
        )
