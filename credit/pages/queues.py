"""The officers' cases by queue: which there are, what stands in them, and in what words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credit.models import Case, CaseQuerySet, Measure, Repair, Review, Severity
from credit.models.cases import OPEN, RUNS
from credit.models.deadlines import CreditDeadline
from credit.models.schemes import name_of_kind
from credit.pages.cases import Age, age_between
from marketplace.kernel.calendar import WorkCalendar
from marketplace.kernel.models import Deadline, end_of
from marketplace.kernel.statements import Prefix, statement, totalled
from marketplace.parties import Party
from marketplace.web.components import Empty, Order, Tab, Text
from marketplace.web.queues import Searched

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
# who has a case is part of its procedure (ADR 35): it is in the case, and no `Assignment`
HANDLED = Searched(
    searched=("number", "reference", "organization__name", "organization__uscc"),
    officer="handled_by",
)
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


COLUMNS = (
    *("pk", "slug", "number", "organization__name", "authority__name", "kind", "status"),
    *("severity", "restriction_kind", "months", "decided_at", "handled_by__name"),
)


def cases_for(party: Party) -> CaseQuerySet:
    """Return the cases that an officer's authority sees."""
    return Case.objects.within(party.organization.division)


def queue_of(party: Party, queue: str) -> CaseQuerySet:
    """Return one queue of cases, the nearest deadline first; closed ones newest first."""
    return cases_for(party).filter(QUEUES[queue]).order_by(*FIRST[queue].by)


def case_orders(queue: str) -> list[Order]:
    """Return how a queue can be sorted, the first as `queue_of` does."""
    return [FIRST[queue], NEWEST]


def queue_counts(party: Party) -> dict[str, int]:
    """Return how many cases stand in each queue; one statement."""
    [counts] = _counts(prefix=party.organization.division.prefix)
    return dict(zip(QUEUES, counts, strict=True))


@statement
def _counts(*, prefix: Prefix) -> QuerySet[Case, Any]:
    cases = Case.objects.filter(authority__division__code__startswith=prefix)
    counts = {name: Count("pk", filter=condition) for name, condition in QUEUES.items()}
    return totalled(cases, **counts)


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
class CaseLine:
    """A case as its queue shows it."""

    slug: str
    number: str
    organization: str
    authority: str
    kind: str
    status: str
    severity: str
    measure: str
    months: int
    decided_at: datetime | None
    handler: str | None

    @property
    def kind_word(self) -> Text:
        return name_of_kind(self.kind)

    @property
    def status_word(self) -> Text:
        return Case.Status(self.status).label

    @property
    def severity_word(self) -> Text:
        return Severity(self.severity).label if self.severity else ""

    @property
    def measure_word(self) -> Text:
        return Measure(self.measure).label if self.measure else ""


@dataclass(frozen=True)
class CaseRow:
    """A case in a queue with the age of its running step, and until when that is."""

    case: CaseLine
    age: Age | None = None
    due_at: datetime | None = None
    is_provisional: bool = False


def columns(cases: CaseQuerySet) -> QuerySet[Case, Any]:
    """Return what `case_rows` makes its rows of."""
    told: QuerySet[Case, Any] = cases.values_list(*COLUMNS)
    return told


def case_rows(told: Sequence[Any], at: datetime, calendar: WorkCalendar) -> list[CaseRow]:
    """Return the rows of what a queryset of `columns` has found; one statement for deadlines."""
    steps = {(key, kind): rest for key, kind, *rest in _steps(keys=[row[0] for row in told])}

    def row_of(key: int, *told: Any) -> CaseRow:
        line = CaseLine(*told)
        if (step := steps.get((key, RUNS.get(line.status)))) is None:
            return CaseRow(line)
        starts_at, ends_at, is_provisional, stopped_at = step
        age = age_between(starts_at, ends_at, at, calendar)
        return CaseRow(line, age, ends_at, is_provisional and stopped_at is None)

    return [row_of(*row) for row in told]


@statement
def _steps(*, keys: Sequence[int]) -> QuerySet[Deadline, Any]:
    rows = Deadline.objects.filter(object_id__in=keys, kind__in=list(RUNS.values())).order_by()
    times = ("starts_at", "ends_at", "is_provisional", "stopped_at")
    return rows.values_list("object_id", "kind", *times)


def late_cases(party: Party, at: datetime) -> frozenset[int]:
    """Return the keys of the open cases of an area whose running deadline has passed by `at`."""
    late = Deadline.objects.running().filter(kind__in=RUNS.values(), ends_at__lte=at)
    cases = Case.objects.within(party.organization.division).filter(status__in=OPEN)
    return frozenset(cases.filter(pk__in=late.values("object_id")).values_list("pk", flat=True))
