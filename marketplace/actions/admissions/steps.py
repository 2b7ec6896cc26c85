"""What every step of an admission does: lock, count its deadline, record, tell."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from marketplace.actions.messages import notify
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import Deadline, day_of
from marketplace.kernel.declarations import Declaration
from marketplace.kernel.durations import Duration
from marketplace.kernel.models import CalendarDay
from marketplace.kernel.rules import rules_in_force, typed
from marketplace.models import Agency, Organization, User


def locked(agency: Agency) -> Agency:
    """Lock the organisation, then its agency row, and return it freshly read."""
    organization = Organization.objects.lock(agency.pk)
    agency = Agency.objects.lock(agency.pk)
    agency.organization = organization
    return agency


def deadline_of(agency: Agency, rule: Declaration[Duration], at: datetime) -> Deadline:
    rules = typed(rules_in_force(agency.organization.division, day_of(at)).values())
    return rules[rule].after(at, CalendarDay.objects.work_calendar())


def record_step(
    agency: Agency, verb: str, *, by: User | None, at: datetime, before: str, **data: Any
) -> None:
    record(
        by=by,
        verb=verb,
        target=agency,
        at=at,
        organization=agency.organization,
        before=before,
        **data,
    )


def tell(agency: Agency, kind: str, *, at: datetime, **context: Any) -> None:
    notify(
        organization=agency.organization,
        kind=kind,
        at=at,
        url=reverse("marketplace:admission"),
        agency=agency,
        **context,
    )
