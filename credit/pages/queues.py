"""The officers' cases by queue: which there are, what stands in them, and in what words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credit.models import Case, CaseQuerySet, Repair, Review
from credit.models.cases import OPEN, RUNS
from credit.models.deadlines import CreditDeadline
from credit.pages.cases import Age, age_of
from marketplace.kernel.calendar import WorkCalendar
from marketplace.kernel.models import Deadline, end_of
from marketplace.parties import Party
from marketplace.web.components import Empty, Order, Tab

FOUND, WAITING, HEARING, DUE = "found", "statement", "hearing", "decision"
REMEDY, CLOSED = "remedy", "closed"
PENDING = Exists(Repair.objects.filter(case=OuterRef("pk"), status=Repair.Status.FILED))
ASKS = Q(review__status=Review.Status.FILED) | Q(PENDING)
"""What its party has asked for and waits for an answer: a review, a repair."""
QUEUES: dict[str, Q] = {
    FOUND: Q(status=Case.Status.FOUND),
    WAITING: Q(status=Case.Status.NOTIFIED),
    HEARING: Q(status=Case.Status.HEARING),
    DUE: Q(status=Case.Status.STATED),
    REMEDY: ASKS,
    CLOSED: ~Q(status__in=OPEN),
}
FIRST = {
    FOUND: Order("due", gettext_lazy("先到期的在前"), (end_of(CreditDeadline.CHECK).asc(), "pk")),
    HEARING: Order(
        "due", gettext_lazy("先到期的在前"), (end_of(CreditDeadline.HEARING).asc(), "pk")
    ),
    REMEDY: Order("decided", gettext_lazy("最早作出决定的在前"), ("decided_at", "pk")),
    WAITING: Order(
        "due", gettext_lazy("先到期的在前"), (end_of(CreditDeadline.STATEMENT).asc(), "pk")
    ),
    DUE: Order("due", gettext_lazy("先到期的在前"), (end_of(CreditDeadline.DECISION).asc(), "pk")),
    CLOSED: Order("decided", gettext_lazy("最近办结的在前"), (F("decided_at").desc(), "pk")),
}
NEWEST = Order("newest", gettext_lazy("最近发现的在前"), ("-found_at", "-pk"))
HEADS = {
    FOUND: gettext_lazy("期限"),
    HEARING: gettext_lazy("期限"),
    REMEDY: gettext_lazy("决定"),
    WAITING: gettext_lazy("期限"),
    DUE: gettext_lazy("期限"),
    CLOSED: gettext_lazy("决定"),
}
EMPTY = {
    FOUND: Empty(
        gettext_lazy("没有待核查的线索"),
        gettext_lazy("发现失信线索后，案件先在这里等待核查，核查后告知或者不予立案。"),
    ),
    HEARING: Empty(
        gettext_lazy("没有等待听证的案件"),
        gettext_lazy("机构要求听证的案件，听证结束前列在这里。"),
    ),
    REMEDY: Empty(
        gettext_lazy("没有等待复核或者修复审核的案件"),
        gettext_lazy("机构申请复核、信用修复后，案件会列在这里和待办里。"),
    ),
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
    labels = {
        DUE: _("待决定"),
        FOUND: _("待核查"),
        WAITING: _("陈述申辩期"),
        HEARING: _("待听证"),
        REMEDY: _("复核和修复"),
        CLOSED: _("已办结"),
    }
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


def late_cases(party: Party, at: datetime) -> frozenset[int]:
    """Return the keys of the open cases of an area whose running deadline has passed by `at`."""
    late = Deadline.objects.running().filter(kind__in=RUNS.values(), ends_at__lte=at)
    cases = Case.objects.within(party.organization.division).filter(status__in=OPEN)
    return frozenset(cases.filter(pk__in=late.values("object_id")).values_list("pk", flat=True))
