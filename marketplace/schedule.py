"""The clock's entry points: what is due in marketplace, and the task that runs all that is due."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

import structlog
from celery import shared_task

from marketplace.actions.admissions import activate_agency
from marketplace.kernel import clock
from marketplace.kernel.due import (
    DueWork,
    due_works,
    next_deadline,
    run_due,
    sweep_effects,
)
from marketplace.kernel.verdicts import Refused
from marketplace.models import Agency
from marketplace.pages import PUBLICITY_ENDS

__all__ = ["due_work", "due_works", "next_deadline", "run_due", "run_due_work", "sweep_effects"]

log = structlog.get_logger(__name__)


def due_work() -> list[DueWork]:
    """Return marketplace's own deadlines."""
    return [DueWork("agency.activated", PUBLICITY_ENDS, activate_due_agencies, next_publicity_end)]


def activate_due_agencies(at: datetime) -> int:
    """
    Activate every agency whose publicity had ended by `at`, as of its own end.

    One that a sanction on a namesake held at its end is activated when nothing holds it any more.
    """
    due = Agency.objects.filter(status=Agency.Status.PUBLICITY, publicity_ends_at__lte=at).order_by(
        "publicity_ends_at", "pk"
    )
    return sum(_activate(agency, at) for agency in due)


def _activate(agency: Agency, now: datetime) -> int:
    """Return 1 when this run activated it, 0 when another one had or a sanction holds it."""
    assert agency.publicity_ends_at is not None  # noqa: S101 - the query has asked for it
    for at in (agency.publicity_ends_at, now):
        with suppress(Refused):
            activate_agency(agency=agency, at=at)
            return 1
    return 0


def next_publicity_end(after: datetime) -> datetime | None:
    """Return the first end of a publicity period later than `after`."""
    running = Agency.objects.filter(status=Agency.Status.PUBLICITY, publicity_ends_at__gt=after)
    first = running.order_by("publicity_ends_at").first()
    return first.publicity_ends_at if first else None


@shared_task
def run_due_work() -> None:
    """Run what is due now; the scheduler calls this every `settings.SWEEP_SECONDS`."""
    done = run_due(clock.now())
    if done:
        log.info("due_work_done", **done)
