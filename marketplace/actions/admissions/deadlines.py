"""Deadlines that were counted before a year's holidays were published, computed again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from marketplace.actions.admissions.steps import deadline_of, locked, record_step, tell
from marketplace.guards.deadlines import may_settle_deadline
from marketplace.kernel.deadlines import Settled, settle_each, settled
from marketplace.kernel.models.labels import label_of
from marketplace.kernel.verdicts import require
from marketplace.models import Agency
from marketplace.rules import FORMAL_CHECK, PUBLICITY


def settle_admissions(*, at: datetime) -> list[Settled]:
    """Settle every provisional deadline of an admission that still runs at `at`."""
    running = Agency.objects.filter(
        is_due_provisional=True, status__in=[Agency.Status.SUBMITTED, Agency.Status.PUBLICITY]
    )
    return settle_each(running.order_by("pk"), lambda row: settle_admission(agency=row, at=at))


@transaction.atomic
def settle_admission(*, agency: Agency, at: datetime) -> Settled | None:
    """
    Compute the deadline of the check or of the publicity again; it may move back, never forward.

    Returns None when nothing has changed: the year that it rests on is not published yet.

    Raises:
        Refused: it is not provisional, or has ended.
    """
    agency = locked(agency)
    is_checked = agency.status == Agency.Status.PUBLICITY
    name, rule, start = (
        ("publicity_ends_at", PUBLICITY, agency.checked_at)
        if is_checked
        else ("check_due_at", FORMAL_CHECK, agency.submitted_at)
    )
    runs = is_checked or agency.status == Agency.Status.SUBMITTED
    end: datetime | None = getattr(agency, name) if runs else None
    require(*may_settle_deadline(agency.is_due_provisional, end, at))
    assert start is not None  # noqa: S101 - constraints: it was submitted, it was checked
    assert end is not None  # noqa: S101 - the guard has asked
    found = settled(str(agency.organization.uscc), name, end, deadline_of(agency, rule, start))
    if found.is_provisional and not found.has_moved:
        return None
    setattr(agency, name, found.after)
    agency.is_due_provisional = found.is_provisional
    agency.save()
    record_step(
        agency,
        "agency.deadline_settled",
        by=None,
        at=at,
        before=agency.status,
        **found.as_data(),
    )
    if found.has_moved:
        label = label_of(Agency, name)
        tell(agency, "marketplace/deadline_settled", at=at, label=label, settled=found)
    return found
