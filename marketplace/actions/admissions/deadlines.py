"""The deadlines of an admission: how each is counted, and who is told when it moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from marketplace.actions.admissions.steps import locked, tell
from marketplace.kernel.calendar import WorkCalendar, add_working_days, day_of
from marketplace.kernel.deadlines import Ending, Kind, Settled
from marketplace.kernel.rules import rules_in_force
from marketplace.kernel.suspension import Moved
from marketplace.models import Agency
from marketplace.models.deadlines import AdmissionDeadline

Count = Callable[[Agency, datetime, WorkCalendar], Ending]


def _counted_by(rule: str) -> Count:
    """Return how a deadline of working days is counted by the rule in force at the place."""

    def count(agency: Agency, start: datetime, calendar: WorkCalendar) -> Ending:
        on = day_of(start)
        days = rules_in_force(agency.organization.division, on)[rule].value
        return add_working_days(on, days, calendar)

    return count


def _publicity(agency: Agency, start: datetime, calendar: WorkCalendar) -> Ending:
    """Count the publicity; where the rules set no day for it, it ends as it begins."""
    end = _counted_by("onboarding.publicity")(agency, start, calendar)
    return end if day_of(end.ends_at) > day_of(start) + timedelta(days=1) else Moved(start)


def _tell(agency: Agency, found: Settled, at: datetime) -> None:
    label = AdmissionDeadline(found.deadline).label
    tell(agency, "marketplace/deadline_settled", at=at, label=label, settled=found)


def _uscc(agency: Agency) -> str:
    return str(agency.organization.uscc)


def _matter(agency: Agency) -> str:
    return f"admission/{agency.organization.slug}"


def _no_grace(_agency: Agency) -> timedelta:
    return timedelta(0)


CHECK = Kind(
    name=AdmissionDeadline.CHECK.value,
    label=AdmissionDeadline.CHECK.label,
    lock=locked,
    end=_counted_by("onboarding.formal_check"),
    reference=_uscc,
    tell=_tell,
    matter=_matter,
    organization=lambda agency: agency.organization,
)
PUBLICITY = Kind(
    name=AdmissionDeadline.PUBLICITY.value,
    label=AdmissionDeadline.PUBLICITY.label,
    lock=locked,
    end=_publicity,
    reference=_uscc,
    tell=_tell,
    grace=_no_grace,
    matter=_matter,
    organization=lambda agency: agency.organization,
)
