"""The clock's entry points: what is due in marketplace, and the task that runs all that is due."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from celery import shared_task
from django.db.models import Max
from django.db.models.functions import Now

from marketplace.actions.admissions import activate_agency, expiry
from marketplace.actions.admissions.deadlines import CHECK, PUBLICITY
from marketplace.actions.admissions.expiry import EXPIRY, move_on, warn_of_expiry
from marketplace.actions.changes.steps import CHECK as CHANGE_CHECK
from marketplace.actions.move_steps import RELEASE, pass_to_an_officer, remind_of_release
from marketplace.kernel import clock, trail
from marketplace.kernel.due import (
    DueWork,
    due_works,
    next_deadline,
    run_due,
    sweep_effects,
)
from marketplace.kernel.models import PublicChange
from marketplace.kernel.verdicts import Refused
from marketplace.models import Agency
from marketplace.pages import PUBLICITY_ENDS

__all__ = [
    "check_trail",
    "due_work",
    "due_works",
    "forget_public_changes",
    "look_ahead_of_those_without",
    "next_deadline",
    "run_due",
    "run_due_work",
    "sweep_effects",
]

log = structlog.get_logger(__name__)
ONE_HOUR = timedelta(hours=1)


def due_work() -> list[DueWork]:
    """Return what is done about marketplace's own deadlines."""
    return [
        DueWork(kind=CHECK),
        DueWork(kind=CHANGE_CHECK),
        DueWork(kind=EXPIRY, act=move_on, remind=warn_of_expiry, is_reminder=True),
        DueWork(kind=RELEASE, act=pass_to_an_officer, remind=remind_of_release, is_reminder=True),
        DueWork(kind=PUBLICITY, label=PUBLICITY_ENDS, act=_activate),
    ]


def _activate(agency: Agency, end: datetime, now: datetime) -> None:
    """
    Activate an agency as of the end of its publicity.

    One that a sanction on a namesake held at its end is activated when nothing holds it any more.

    Raises:
        Refused: another run has activated it, or a sanction holds it.
    """
    with suppress(Refused):
        activate_agency(agency=agency, at=end)
        return
    activate_agency(agency=agency, at=now)


@shared_task
def run_due_work() -> None:
    """Run what is due now; the scheduler calls this every `settings.SWEEP_SECONDS`."""
    done = run_due(clock.now())
    if done:
        log.info("due_work_done", **done)


@shared_task
def look_ahead_of_those_without() -> None:
    """Let agencies that no admission of ours has given a deadline of what runs out have one."""
    if begun := expiry.look_ahead_of_those_without(clock.now()):
        log.info("expiry_begun", count=begun)


@shared_task
def check_trail() -> None:
    """Ask the whole trail whether an entry is gone or not what it was; managers see the result."""
    checked = trail.check(clock.now())
    if checked.lost_count:
        log.error("trail_lost", count=checked.lost_count, first=checked.first_lost)


@shared_task
def forget_public_changes() -> None:
    """Forget the changes of what is public that no transaction can still come before."""
    newest = PublicChange.objects.aggregate(newest=Max("pk"))["newest"]
    old = PublicChange.objects.filter(changed_at__lt=Now() - ONE_HOUR)
    old.exclude(pk=newest).delete()
