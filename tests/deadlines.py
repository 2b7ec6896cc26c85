"""Run and ask the schedule about one kind of deadline alone, and settle one."""

from datetime import datetime
from typing import Any

from marketplace.kernel.deadlines import Kind, Settled, settle
from marketplace.kernel.due import DueWork, due_works, run_rows
from marketplace.kernel.models import Deadline, DeadlineSubject


def work_of(kind: str) -> DueWork:
    """Return what is done about a kind of deadline."""
    return next(work for work in due_works() if work.kind.name == kind)


def kind_of(kind: str) -> Kind[Any]:
    """Return how a kind of deadline is counted."""
    return work_of(kind).kind


def run(kind: str, at: datetime) -> int:
    """Look once at all deadlines of a kind; return how many acts or reminders there were."""
    return run_rows({kind: work_of(kind)}, at).total()


def waiting(kind: str) -> int:
    """Return how many deadlines of a kind the schedule will look at."""
    return Deadline.objects.filter(kind=kind, next_at__isnull=False).count()


def next_act(kind: str, after: datetime) -> datetime | None:
    """Return when, later than `after`, the schedule acts on a deadline of the kind."""
    rows = Deadline.objects.running().filter(kind=kind, acts_at__gt=after)
    return rows.order_by("acts_at").values_list("acts_at", flat=True).first()


def settle_one(kind: str, row: DeadlineSubject, at: datetime) -> Settled | None:
    """Compute one deadline of a row again."""
    return settle(kind_of(kind), row, at)
