"""The officers' queues: since when each order waits, and until when its next act is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bidding import permissions
from bidding.guards.versions import version_of_order
from bidding.models import Tender, TenderQuerySet
from bidding.models.tender import WAITING_SINCE
from bidding.pages.order_rows import OrderRow, as_rows, columns
from bidding.rules.openings import SELECTION_REGISTER
from bidding.rules.orders import PUBLISH, REVIEW
from marketplace.kernel import known
from marketplace.kernel.calendar import (
    ONE_DAY,
    Deadline,
    WorkCalendar,
    day_of,
    working_days_between,
)
from marketplace.kernel.declarations import Rules
from marketplace.kernel.durations import Duration
from marketplace.kernel.rules import rules_by_division
from marketplace.kernel.statements import Prefix, statement, totalled
from marketplace.models import Division
from marketplace.parties import Party
from marketplace.web.components import Order, Tab
from marketplace.web.queues import Queue
from marketplace.web.workbench import ASKED

# For each state in which an order waits for an officer: since when, and the rule that limits it.
WAITS = {
    Tender.Status.SUBMITTED: ("submitted_at", REVIEW),
    Tender.Status.REVIEWED: ("reviewed_at", PUBLISH),
    Tender.Status.EVALUATED: ("evaluated_at", SELECTION_REGISTER),
}


QUEUES: dict[str, Q] = {
    "review": Q(status=Tender.Status.SUBMITTED),
    "publish": Q(status=Tender.Status.REVIEWED),
    "register": Q(status=Tender.Status.EVALUATED),
    "open": Q(status__in=[Tender.Status.ACTIVE, Tender.Status.CLOSED, Tender.Status.BIDDING]),
}


AWAITED = ("review", "publish", "register")
"""The queues in which an order waits for an officer."""
WAITING = reduce(or_, (QUEUES[name] for name in AWAITED))
LONGEST_FIRST = (WAITING_SINCE.asc(), "pk")


HANDLED = Queue(
    name="orders",
    label=gettext_lazy("采购审核与登记"),
    rows=lambda: Tender.objects.with_details().filter(submitted_at__isnull=False),
    searched=("title", "code", "project_code", "buyer__name", "buyer__uscc"),
    may_handle=permissions.can_operate_tender,
    is_open=lambda tender: tender.status in WAITS,
    title=lambda tender: tender.title,
    url=lambda tender: reverse("bidding:operator_tender", args=[tender.slug]),
    version=version_of_order,
)


def queue_of(party: Party, name: str) -> TenderQuerySet:
    """
    Return the orders of one queue in the officer's area, the longest waiting first.

    Unknown names give all that waits.
    """
    operated = Tender.objects.within(party.organization.division)
    return operated.filter(QUEUES.get(name, WAITING)).order_by(*LONGEST_FIRST)


def waiting_for(officer: Party) -> list[OrderRow]:
    """Return the orders of the area whose next act four eyes leave to this officer, some."""
    division = officer.organization.division
    told = _waiting_for(prefix=division.prefix, person=officer.user.pk)
    return as_rows(told)


@statement
def _waiting_for(*, prefix: Prefix, person: int) -> QuerySet[Tender, Any]:
    waiting = Tender.objects.filter(WAITING, division__code__startswith=prefix)
    own = waiting.left_by_four_eyes(person).untied_to(person)
    # what they show is joined to the few that are shown
    first = own.order_by(*LONGEST_FIRST).values("pk")[:ASKED]
    return columns(Tender.objects.filter(pk__in=first).order_by(*LONGEST_FIRST))


def queue_orders() -> list[Order]:
    """Return how a queue can be sorted, the first as `queue_of` does."""
    return [
        Order("waiting", gettext_lazy("等得最久的在前"), LONGEST_FIRST),
        Order("newest", gettext_lazy("最近提交的在前"), ("-submitted_at", "-pk")),
        Order("ceiling", gettext_lazy("限价高低"), (F("ceiling").desc(nulls_last=True), "-pk")),
    ]


@statement
def first_waiting(*, prefix: Prefix) -> QuerySet[Tender, int]:
    """Return the keys of some orders of an area that wait for an officer; all its pages ask."""
    waiting = Tender.objects.filter(WAITING, division__code__startswith=prefix)
    return waiting.order_by().values_list("pk", flat=True)[:ASKED]


def queue_counts(party: Party) -> dict[str, int]:
    """Return how many orders wait in each queue of the officer's area, in one query a request."""
    division = party.organization.division
    return known.once_here("queues", division.pk, read=partial(_count_queues, division))


def count_in(party: Party, name: str) -> int:
    """Return how many orders `queue_of` finds, by the same query."""
    counts = queue_counts(party)
    return counts[name] if name in counts else sum(counts[one] for one in AWAITED)


def queue_tabs(counts: Mapping[str, int], current: str) -> list[Tab]:
    """Return the operator's queues as tabs with their counts."""
    labels = {
        "": (_("全部待办"), sum(counts[name] for name in AWAITED)),
        "review": (_("待审核"), counts["review"]),
        "publish": (_("待发布"), counts["publish"]),
        "register": (_("待登记"), counts["register"]),
        "open": (_("进行中"), counts["open"]),
    }
    return [
        Tab(label, f"?queue={name}", current == name, count)
        for name, (label, count) in labels.items()
    ]


def _count_queues(division: Division) -> dict[str, int]:
    [counts] = _counts(prefix=division.prefix)
    return dict(zip(QUEUES, counts, strict=True))


@statement
def _counts(*, prefix: Prefix) -> QuerySet[Tender, Any]:
    # in a grown province most orders stand in no queue: their state's index leaves them out
    orders = Tender.objects.filter(WAITING | QUEUES["open"], division__code__startswith=prefix)
    counts = {name: Count("pk", filter=condition) for name, condition in QUEUES.items()}
    return totalled(orders, **counts)


@dataclass(frozen=True)
class QueueRow:
    """
    An order in a queue: on which working day of how many its next act stands.

    An order that waits for no officer, such as one that takes sign-ups, has its own moments alone.
    """

    tender: OrderRow
    since: datetime | None = None
    used: int = 0
    allowed: int = 0
    due: Deadline | None = None
    is_late: bool = False
    rule: str = ""

    @property
    def since_word(self) -> str:
        """What happened at `since`."""
        words = {Tender.Status.EVALUATED: _("选取"), Tender.Status.REVIEWED: _("审核")}
        return words.get(Tender.Status(self.tender.status), _("提交"))


def queue_rows(rows: Sequence[OrderRow], at: datetime, calendar: WorkCalendar) -> list[QueueRow]:
    """Return how long each order has waited against its deadline; one query for the rules."""
    rules = rules_by_division({row.division for row in rows}, day_of(at))
    return [_queue_row(row, at, calendar, rules[row.division]) for row in rows]


def _queue_row(tender: OrderRow, at: datetime, calendar: WorkCalendar, rules: Rules) -> QueueRow:
    name, rule = WAITS.get(Tender.Status(tender.status), ("submitted_at", None))
    since: datetime | None = getattr(tender, name)
    if rule is None or since is None:
        return QueueRow(tender, since)
    due = _due(tender, since, calendar, rules[rule])
    return QueueRow(
        tender,
        since,
        used=working_days_between(day_of(since), day_of(at), calendar),
        allowed=working_days_between(day_of(since), due.day, calendar),
        due=due,
        is_late=at >= due.ends_at,
        rule=rule.key,
    )


def _due(tender: OrderRow, since: datetime, calendar: WorkCalendar, limit: Duration) -> Deadline:
    """Return the deadline that was announced, else that of the rules in force."""
    if tender.status == Tender.Status.EVALUATED and tender.register_due_at is not None:
        last_day = day_of(tender.register_due_at) - ONE_DAY
        return Deadline(last_day, provisional=tender.is_register_due_provisional)
    return limit.after(since, calendar)
