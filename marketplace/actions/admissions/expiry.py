"""Look ahead to what runs out of an agency's papers, and warn of it in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse

from marketplace.actions.admissions.steps import locked
from marketplace.actions.messages import notify
from marketplace.expiring import endings, next_end, to_warn_of
from marketplace.expiring import next_warning as warning_after
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import WorkCalendar, day_of
from marketplace.kernel.deadlines import Ending as End
from marketplace.kernel.deadlines import Kind
from marketplace.kernel.kinds import Days
from marketplace.kernel.models import Deadline
from marketplace.kernel.rules import values_in_force
from marketplace.kernel.suspension import Moved, Unit
from marketplace.models import Agency
from marketplace.models.deadlines import ExpiryDeadline
from marketplace.rules import WARN_DAYS


def warn_days(agency: Agency, at: datetime) -> Days:
    """Return how many days before an end the agency is warned, as the rules at its place say."""
    return values_in_force(agency.organization.division_id, day_of(at))[WARN_DAYS]


def next_warning(
    agency: Agency, since: datetime, _end: datetime, _calendar: WorkCalendar
) -> datetime | None:
    """Return when to warn next, of whichever paper."""
    return warning_after(endings(agency), warn_days(agency, since), since)


def _end(agency: Agency, start: datetime, _calendar: WorkCalendar) -> End:
    return Moved(next_end(endings(agency), start) or start)


EXPIRY = Kind(
    name=ExpiryDeadline.NEXT.value,
    label=ExpiryDeadline.NEXT.label,
    lock=locked,
    end=_end,
    reference=lambda agency: str(agency.organization.uscc),
    unit=Unit.CALENDAR_DAY,
    grace=lambda _agency: timedelta(0),
    remind=next_warning,
    organization=lambda agency: agency.organization,
)


def look_ahead(agency: Agency, at: datetime) -> None:
    """Let the one deadline of what runs out be that of the next paper after `at`, if any does."""
    if next_end(endings(agency), at) is None:
        deadlines.drop(EXPIRY, agency)
        return
    deadlines.start(EXPIRY, agency, at)


def look_ahead_of_those_without(at: datetime) -> int:
    """
    Let every agency on the register have the deadline of what runs out; return how many had none.

    Those that were admitted before there was such a deadline, or stored by other means than an
    admission, would never be warned.
    """
    has_one = Deadline.objects.filter(object_id=OuterRef("pk"), kind=EXPIRY.name)
    without = Agency.objects.filter(~Exists(has_one), status=Agency.Status.ACTIVE)
    return sum(_begin(agency, at) for agency in without.order_by("pk"))


@transaction.atomic
def _begin(agency: Agency, at: datetime) -> bool:
    agency = locked(agency)
    if agency.status != Agency.Status.ACTIVE or EXPIRY.of(agency) is not None:
        return False
    look_ahead(agency, at)
    return EXPIRY.of(agency) is not None


@transaction.atomic
def warn_of_expiry(agency: Agency, at: datetime) -> None:
    """
    Tell an agency on the register which papers are so many days from their end; once each.

    A later run, and a second scheduler beside this one, find the next day and not this one.
    """
    agency = locked(agency)
    row = EXPIRY.of(agency)
    if row is None or row.remind_at != at:
        return
    found = to_warn_of(endings(agency), warn_days(agency, at), at)
    if agency.status == Agency.Status.ACTIVE and found:
        day = day_of(at)
        told = [(one, one.days_left(day)) for one in found]
        notify(
            organization=agency.organization,
            kind="marketplace/papers_expire",
            at=at,
            url=reverse("marketplace:changes"),
            papers=told,
        )
        record(
            by=None,
            verb="agency.warned_of_expiry",
            target=agency,
            at=at,
            organization=agency.organization,
            until=[one.until.isoformat() for one in found],
        )
    look_ahead(agency, at)


@transaction.atomic
def move_on(agency: Agency, end: datetime, _now: datetime) -> None:
    """Look ahead to the next paper when one has run out; what it allowed is refused by itself."""
    agency = locked(agency)
    row = EXPIRY.of(agency)
    if row is not None and row.ends_at == end:
        look_ahead(agency, end)
