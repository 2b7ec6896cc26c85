"""The officers' cases by queue: which there are, what stands in them, and in what words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from credit.models import Case, CaseQuerySet
from credit.models.deadlines import CreditDeadline
from credit.pages.cases import Age, age_of
from marketplace.kernel.calendar import WorkCalendar
from marketplace.kernel.models import end_of
from marketplace.parties import Party

WAITING, DUE, CLOSED = "statement", "decision", "closed"
QUEUES = {
    WAITING: Q(status=Case.Status.NOTIFIED),
    DUE: Q(status=Case.Status.STATED),
    CLOSED: ~Q(status__in=[Case.Status.NOTIFIED, Case.Status.STATED]),
}
DEADLINES = {
    WAITING: end_of(CreditDeadline.STATEMENT).asc(),
    DUE: end_of(CreditDeadline.DECISION).asc(),
    CLOSED: F("decided_at").desc(),
}


def cases_for(party: Party) -> CaseQuerySet:
    """Return the cases that an officer's authority sees."""
    return Case.objects.within(party.organization.division).with_relations()


def queue_of(party: Party, queue: str) -> CaseQuerySet:
    """Return one queue of cases, the nearest deadline first; closed ones newest first."""
    return cases_for(party).filter(QUEUES[queue]).order_by(DEADLINES[queue], "pk")


def queue_counts(party: Party) -> dict[str, int]:
    """Return how many cases stand in each queue."""
    cases = cases_for(party)
    return {queue: cases.filter(condition).count() for queue, condition in QUEUES.items()}


def queue_tabs(counts: Mapping[str, int], queue: str) -> list[dict[str, Any]]:
    """Return the queues of the officers' list."""
    labels = {DUE: _("待决定"), WAITING: _("陈述申辩期"), CLOSED: _("已办结")}
    url = reverse("credit:case_list")
    return [
        {
            "url": f"{url}?queue={name}",
            "label": label,
            "count": counts[name],
            "current": name == queue,
        }
        for name, label in labels.items()
    ]


@dataclass(frozen=True)
class CaseRow:
    """A case in a queue with the age of its running step."""

    case: Case
    age: Age | None


def case_rows(cases: Iterable[Case], at: datetime, calendar: WorkCalendar) -> list[CaseRow]:
    """Return the rows of a queue."""
    return [CaseRow(case, age_of(case, at, calendar)) for case in cases]
