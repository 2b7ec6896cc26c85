"""The deadlines of an admission: how each is counted, and who is told when it moves."""

from __future__ import annotations

from datetime import datetime, timedelta

from marketplace.actions.admissions.steps import locked, tell
from marketplace.kernel.calendar import WorkCalendar, day_of
from marketplace.kernel.deadlines import Ending, Kind, Settled
from marketplace.kernel.declarations import Declaration
from marketplace.kernel.durations import Duration
from marketplace.kernel.rules import rules_in_force, typed
from marketplace.kernel.suspension import Moved
from marketplace.models import Agency
from marketplace.models.deadlines import AdmissionDeadline
from marketplace.rules import FORMAL_CHECK
from marketplace.rules import PUBLICITY as PUBLICITY_PERIOD


def _length(agency: Agency, rule: Declaration[Duration], start: datetime) -> Duration:
    """Return the length that is in force at the place of the agency as a deadline begins."""
    return typed(rules_in_force(agency.organization.division, day_of(start)).values())[rule]


def formal_check_ends(agency: Agency, start: datetime, calendar: WorkCalendar) -> Ending:
    return _length(agency, FORMAL_CHECK, start).after(start, calendar)


def _publicity(agency: Agency, start: datetime, calendar: WorkCalendar) -> Ending:
    """Count the publicity; where the rules set no time for it, it ends as it begins."""
    length = _length(agency, PUBLICITY_PERIOD, start)
    return length.after(start, calendar) if length.count else Moved(start)


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
    end=formal_check_ends,
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
