"""What credit adds to a person's workbench: where to go, and what to do by when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from credit import permissions
from credit.models import Case, CaseQuerySet
from credit.models.deadlines import CreditDeadline
from credit.pages.dossier import entries_that_count
from credit.pages.findings import findings_for
from credit.pages.queues import DUE, cases_for, queue_of
from credit.standing import standing_of
from marketplace.kernel.models import end_of
from marketplace.models import Organization
from marketplace.parties import Party
from marketplace.web.workbench import Aside, NavItem, Todo

LIMIT = 50
FEW = 3
STATEMENT_ENDS = _("陈述申辩期满")
RESTRICTION_ENDS = _("信用限制到期")


def nav(party: Party, at: datetime) -> list[NavItem]:  # noqa: ARG001 - the contributors' signature
    """Return the entries of credit for what `party` may see."""
    items: list[NavItem] = []
    if permissions.can_see_own_record(party):
        is_agency = party.organization.kind == Organization.Kind.AGENCY
        waiting = _own_cases_to_state(party).count() if is_agency else None
        items.append(NavItem(reverse("credit:own_record"), _("信用记录"), "i-shield", 50, waiting))
    if permissions.can_supervise(party):
        waiting = cases_for(party).open().count()
        items += [
            NavItem(reverse("credit:case_list"), _("信用案件"), "i-gavel", 50, waiting),
            NavItem(reverse("credit:standing_list"), _("机构信用"), "i-shield", 51),
        ]
    return items


def todos(party: Party, at: datetime) -> list[Todo]:
    """Return what `party` has to do in cases."""
    if permissions.can_see_own_record(party):
        return list(_statement_todos(party, at))
    if permissions.can_open_case(party):
        return [*_finding_todos(party), *_decision_todos(party)]
    return []


def asides(party: Party, at: datetime) -> list[Aside]:
    """Return the own standing and what changed it last, for agencies and owners."""
    if not permissions.can_see_own_record(party):
        return []
    unit = party.organization
    entries = entries_that_count(unit, at)[:FEW]
    context = {"standing": standing_of(unit, at), "entries": entries}
    return [Aside("credit/_aside_standing.html", context, 10)]


def _own_cases_to_state(party: Party) -> CaseQuerySet:
    cases = Case.objects.all()
    return cases.filter(organization=party.organization, status=Case.Status.NOTIFIED)


def _statement_todos(party: Party, at: datetime) -> Iterator[Todo]:
    ends = end_of(CreditDeadline.STATEMENT)
    waiting = _own_cases_to_state(party).alias(ends_at=ends).filter(ends_at__gt=at)
    for case in waiting.prefetch_related("deadlines")[:LIMIT]:
        if permissions.can_state_case(party, case):
            yield Todo(
                title=_("陈述、申辩"),
                subject=f"{case.get_kind_display()} {case.number}",
                url=reverse("credit:own_case", args=[case.slug]),
                action=_("去陈述"),
                due_at=case.statement_due_at,
                is_provisional=case.is_due_provisional,
                rule="sanction.statement",
            )


def _finding_todos(party: Party) -> Iterator[Todo]:
    """What the arithmetic has found; it has no deadline, and stays until somebody sees to it."""
    for finding in findings_for(party)[:LIMIT]:
        yield Todo(
            title=finding.get_by_display(),
            subject=f"{finding.organization.name} {finding.conduct_name}",
            url=reverse("credit:finding", args=[finding.slug]),
            action=_("去处理"),
        )


def _decision_todos(party: Party) -> Iterator[Todo]:
    waiting = queue_of(party, DUE).exclude(opened_by=party.user)
    for case in waiting.select_related("authority__division")[:LIMIT]:
        if permissions.can_decide_case(party, case):
            yield Todo(
                title=_("作出处理决定"),
                subject=f"{case.organization.name} {case.get_kind_display()}",
                url=reverse("credit:case", args=[case.slug]),
                action=_("去决定"),
                due_at=case.decision_due_at,
                is_provisional=case.is_due_provisional,
                rule="sanction.decision",
            )
