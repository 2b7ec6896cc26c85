"""The officers' cases by queue: which there are, what stands in them, and in what words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credit.models import Case, CaseQuerySet
from credit.models.deadlines import CreditDeadline
from credit.pages.cases import Age, age_of
from marketplace.kernel.calendar import WorkCalendar
from marketplace.kernel.models import end_of
from marketplace.parties import Party
from marketplace.web.components import Empty, Order, Tab

WAITING, DUE, CLOSED = "statement", "decision", "closed"
QUEUES = {
    WAITING: Q(status=Case.Status.NOTIFIED),
    DUE: Q(status=Case.Status.STATED),
    CLOSED: ~Q(status__in=[Case.Status.NOTIFIED, Case.Status.STATED]),
}
FIRST = {
    WAITING: Order(
        "due", gettext_lazy("先到期的在前"), (end_of(CreditDeadline.STATEMENT).asc(), "pk")
    ),
    DUE: Order("due", gettext_lazy("先到期的在前"), (end_of(CreditDeadline.DECISION).asc(), "pk")),
    CLOSED: Order("decided", gettext_lazy("最近办结的在前"), (F("decided_at").desc(), "pk")),
}
NEWEST = Order("newest", gettext_lazy("最近立案的在前"), ("-notified_at", "-pk"))
HEADS = {
    WAITING: gettext_lazy("期限"),
    DUE: gettext_lazy("期限"),
    CLOSED: gettext_lazy("决定"),
}
EMPTY = {
    WAITING: Empty(
        gettext_lazy("没有处于陈述申辩期的案件"),
        gettext_lazy("立案告知后，案件先在这里等待机构陈述。"),
    ),
    DUE: Empty(
        gettext_lazy("没有等待决定的案件"),
        gettext_lazy("机构陈述后，或者陈述申辩期满后，案件会出现在这里和待办里。"),
    ),
    CLOSED: Empty(
        gettext_lazy("还没有办结的案件"),
        gettext_lazy("作出决定、不予处理的案件会列在这里。"),
    ),
}


def cases_for(party: Party) -> CaseQuerySet:
    """Return the cases that an officer's authority sees."""
    return Case.objects.within(party.organization.division).with_relations()


def queue_of(party: Party, queue: str) -> CaseQuerySet:
    """Return one queue of cases, the nearest deadline first; closed ones newest first."""
    return cases_for(party).filter(QUEUES[queue]).order_by(*FIRST[queue].by)


def case_orders(queue: str) -> list[Order]:
    """Return how a queue can be sorted, the first as `queue_of` does."""
    return [FIRST[queue], NEWEST]


def queue_counts(party: Party) -> dict[str, int]:
    """Return how many cases stand in each queue."""
    cases = cases_for(party)
    return {queue: cases.filter(condition).count() for queue, condition in QUEUES.items()}


def queue_tabs(counts: Mapping[str, int], queue: str) -> list[Tab]:
    """Return the queues of the officers' list."""
    labels = {DUE: _("待决定"), WAITING: _("陈述申辩期"), CLOSED: _("已办结")}
    url = reverse("credit:case_list")
    return [
        Tab(label, f"{url}?queue={name}", name == queue, counts[name])
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
