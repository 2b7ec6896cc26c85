"""
Compute, start, stop, settle, suspend and resume the deadlines of every kind.

Each function but `settle_all` expects that the caller has locked the subject.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from django.db import transaction
from django.utils.functional import Promise

from marketplace.kernel.audit import record
from marketplace.kernel.calendar import CHINA, WorkCalendar
from marketplace.kernel.guards import may_settle_deadline
from marketplace.kernel.models import CalendarDay
from marketplace.kernel.models.deadlines import MATTER, Deadline, DeadlineSubject
from marketplace.kernel.suspension import Moved, Unit, days_still, moved
from marketplace.kernel.verdicts import Refused, require

if TYPE_CHECKING:
    from marketplace.models import Organization

Label = str | Promise
Subject = TypeVar("Subject", bound=DeadlineSubject)


class Ending(Protocol):
    """The end of a period, and whether it rests on a year that is not published yet."""

    @property
    def ends_at(self) -> datetime: ...
    @property
    def provisional(self) -> bool: ...


@dataclass(frozen=True)
class Settled:
    """One deadline that was computed again; `deadline` is the name of its kind."""

    reference: str
    deadline: str
    before: datetime
    after: datetime
    is_provisional: bool

    @property
    def has_moved(self) -> bool:
        """Tell whether it ends later than was announced."""
        return self.after != self.before

    def as_data(self) -> dict[str, Any]:
        """Return what the trail keeps of it."""
        return {
            "deadline": self.deadline,
            "announced": self.before.astimezone(CHINA).isoformat(),
            "settled": self.after.astimezone(CHINA).isoformat(),
            "is_provisional": self.is_provisional,
        }


@dataclass(frozen=True, kw_only=True)
class Kind(Generic[Subject]):
    """
    One kind of deadline: how it is counted, and who is told when it has moved.

    `end(subject, start, calendar)` counts it from the row, the rules that bind it and the calendar.
    `lock` locks what it is changed under and returns the subject freshly read. `grace` is how long
    the schedule waits after the end before it acts; None when nothing follows by itself. `remind`
    says when to remind of an end, if at all. `matter` names what is suspended as a whole. `leads`
    are the kinds that are read off this one and move with it. `counted_in` says the unit where it
    is not the same for all.
    """

    name: str
    label: Label
    lock: Callable[[Subject], Subject]
    end: Callable[[Subject, datetime, WorkCalendar], Ending]
    reference: Callable[[Subject], str]
    tell: Callable[[Subject, Settled, datetime], object] | None = None
    unit: Unit = Unit.WORKING_DAY
    counted_in: Callable[[Subject], Unit] | None = None
    grace: Callable[[Subject], timedelta] | None = None
    remind: Callable[[Subject, datetime, datetime, WorkCalendar], datetime | None] | None = None
    matter: Callable[[Subject], str] | None = None
    organization: Callable[[Subject], Organization] | None = None
    leads: tuple[Kind[Subject], ...] = ()

    def of(self, subject: Subject) -> Deadline | None:
        """Return the deadline of this kind that `subject` has or had."""
        return subject.deadline(self.name)

    def unit_of(self, subject: Subject) -> Unit:
        """Return what this deadline of `subject` is counted in, which may be the subject's word."""
        return self.unit if self.counted_in is None else self.counted_in(subject)


def work_calendar() -> WorkCalendar:
    """Return the calendar of all published years."""
    return CalendarDay.objects.work_calendar()


# --- Start and stop -------------------------------------------------------------------------------
def start(
    kind: Kind[Subject], subject: Subject, at: datetime, calendar: WorkCalendar | None = None
) -> Deadline:
    """Let a deadline begin, or begin again, at `at`; what is read off it moves along."""
    calendar = calendar or work_calendar()
    row = kind.of(subject) or Deadline(subject=subject, kind=kind.name)
    row.starts_at, row.paused_days = at, 0
    row.suspended_at, row.suspended_by, row.stopped_at = None, "", None
    row.matter = kind.matter(subject) if kind.matter else ""
    row.acts_at = at if kind.grace else None
    _end(kind, subject, row, kind.end(subject, at, calendar))
    row.remind_at = _reminder(kind, subject, row, at, calendar)
    row.save()
    subject.know(row)
    _carry(kind, subject, calendar)
    return row


def stop(kind: Kind[Subject], subject: Subject, at: datetime) -> None:
    """Let a deadline run no longer: it was met, or its end was acted upon; its end stays known."""
    row = kind.of(subject)
    if row is not None and row.stopped_at is None:
        row.stopped_at, row.suspended_at, row.suspended_by = at, None, ""
        row.save()


def stop_all(subject: DeadlineSubject, at: datetime) -> None:
    """Let no deadline of `subject` run any longer."""
    rows = subject.deadlines.filter(stopped_at__isnull=True)
    rows.update(stopped_at=at, suspended_at=None, suspended_by="", next_at=None)
    subject.forget_deadlines()


def drop(kind: Kind[Subject], subject: Subject) -> None:
    """Take back a deadline that is as if it had never run; the trail keeps that it did."""
    subject.deadlines.filter(kind=kind.name).delete()
    subject.forget_deadlines()


def reminded(kind: Kind[Subject], subject: Subject) -> None:
    """Note that the reminder was given."""
    row = kind.of(subject)
    if row is not None:
        row.remind_at = None
        row.save()


def rest(kind: Kind[Subject], subject: Subject) -> None:
    """Note that nothing more follows from an end; whoever else counts on it still may."""
    row = kind.of(subject)
    if row is not None:
        row.acts_at = row.remind_at = None
        row.save()


def end_now(kind: Kind[Subject], subject: Subject, at: datetime) -> None:
    """Let a deadline end at `at`, before its time."""
    row = kind.of(subject)
    if row is not None:
        _end(kind, subject, row, Moved(at))
        row.save()


def _end(kind: Kind[Subject], subject: Subject, row: Deadline, end: Ending) -> None:
    """Set the end; what follows from it moves along, unless it has been done."""
    row.ends_at, row.is_provisional = end.ends_at, end.provisional
    if row.acts_at is not None and kind.grace is not None:
        row.acts_at = end.ends_at + kind.grace(subject)


def _reminder(
    kind: Kind[Subject], subject: Subject, row: Deadline, since: datetime, calendar: WorkCalendar
) -> datetime | None:
    return kind.remind(subject, since, row.ends_at, calendar) if kind.remind else None


def _carry(kind: Kind[Subject], subject: Subject, calendar: WorkCalendar) -> list[Settled]:
    """Compute again what is read off a deadline, and return what became of each."""
    return [
        found
        for follower in kind.leads
        if (row := follower.of(subject)) is not None and row.is_running
        if (found := _move(follower, subject, row, calendar)) is not None
    ]


# --- Settle ---------------------------------------------------------------------------------------
def settled(reference: str, deadline: str, announced: datetime, computed: Ending) -> Settled:
    """
    Return what becomes of a deadline that was announced: it may move back, never forward.

    Source: 平台默认
    """
    after = max(announced, computed.ends_at)
    return Settled(reference, deadline, announced, after, computed.provisional)


@transaction.atomic
def settle(kind: Kind[Subject], subject: Subject, at: datetime) -> Settled | None:
    """
    Lock `subject` and compute a provisional deadline of it again; those concerned are told.

    Returns None when nothing has changed: the year that it rests on is not published yet.

    Raises:
        Refused: it is not provisional, or has ended.
    """
    subject = kind.lock(subject)
    row = kind.of(subject)
    require(*may_settle_deadline(row, at))
    assert row is not None  # noqa: S101 - the guard has asked
    calendar = work_calendar()
    own = _move(kind, subject, row, calendar)
    found = [one for one in (own, *_carry(kind, subject, calendar)) if one is not None]
    if not found:
        return None
    shown = next((one for one in found if one.has_moved), found[0])
    _record(kind, subject, shown, at)
    if shown.has_moved and kind.tell is not None:
        kind.tell(subject, shown, at)
    return shown


def _move(
    kind: Kind[Subject], subject: Subject, row: Deadline, calendar: WorkCalendar
) -> Settled | None:
    """Count a deadline anew with the days that it stood still; its reminder moves with it."""
    end = _counted(kind, subject, row, calendar)
    found = settled(kind.reference(subject), kind.name, row.ends_at, end)
    if found.is_provisional == row.is_provisional and not found.has_moved:
        return None
    _end(kind, subject, row, Moved(found.after, found.is_provisional))
    if row.remind_at is not None:
        row.remind_at = _reminder(kind, subject, row, row.starts_at, calendar)
    row.save()
    return found


def _counted(
    kind: Kind[Subject], subject: Subject, row: Deadline, calendar: WorkCalendar
) -> Ending:
    end = kind.end(subject, row.starts_at, calendar)
    unit = kind.unit_of(subject)
    if not row.paused_days or unit == Unit.FOLLOWS:
        return end
    later = moved(end.ends_at, row.paused_days, unit, calendar)
    return Moved(later.ends_at, end.provisional or later.provisional)


def _record(kind: Kind[Subject], subject: Subject, found: Settled, at: datetime) -> None:
    record(
        by=None,
        verb=f"{subject._meta.model_name}.deadline_settled",
        target=subject,
        at=at,
        organization=kind.organization(subject) if kind.organization else None,
        before=str(getattr(subject, "status", "")),
        **found.as_data(),
    )


def settle_all(kinds: Iterable[Kind[Any]], at: datetime) -> list[Settled]:
    """
    Settle every provisional deadline after the calendar has changed, each in its own transaction.

    One that has ended or that somebody has moved on meanwhile is left out.
    """
    by_name = {kind.name: kind for kind in kinds}
    rows = Deadline.objects.provisional().filter(kind__in=by_name).prefetch_related("subject")
    return [found for row in rows if (found := _settle(by_name[row.kind], row, at)) is not None]


def _settle(kind: Kind[Any], row: Deadline, at: datetime) -> Settled | None:
    try:
        return settle(kind, row.subject, at)
    except Refused:
        return None


# --- Suspend and resume ---------------------------------------------------------------------------
def suspend(
    kinds: Iterable[Kind[Subject]],
    subject: Subject,
    at: datetime,
    *,
    why: str,
    also_ended: bool = False,
) -> list[Deadline]:
    """
    Let these deadlines of `subject` stand still from `at` on; return those that ran.

    One that has ended by then stays as it is, unless `also_ended`: what follows from its end still
    follows. So does one that stands still for another reason.
    """
    found = []
    for kind in kinds:
        row = kind.of(subject)
        if row is not None and row.is_running and (also_ended or at < row.ends_at):
            row.suspended_at, row.suspended_by = at, why
            row.save()
            found.append(row)
    return found


def resume(
    kinds: Iterable[Kind[Subject]], subject: Subject, at: datetime, *, why: str
) -> list[Deadline]:
    """
    Let the deadlines that stood still for `why` run on; each ends later by the days that it stood.

    A deadline counted in working days is given back the working days that passed, one counted in
    calendar days the calendar days; what is read off others moves with them. Each is also counted
    anew from its start, so that holidays published meanwhile are in; none ever ends earlier.
    """
    calendar = work_calendar()
    found = []
    for kind in sorted(kinds, key=lambda kind: kind.unit == Unit.FOLLOWS):
        row = kind.of(subject)
        if row is None or row.suspended_at is None or row.suspended_by != why:
            continue
        _run_on(kind, subject, row, at, calendar)
        found.append(row)
    return found


def _run_on(
    kind: Kind[Subject], subject: Subject, row: Deadline, at: datetime, calendar: WorkCalendar
) -> None:
    assert row.suspended_at is not None  # noqa: S101 - the caller has asked
    row_end, unit = row.ends_at, kind.unit_of(subject)
    if unit != Unit.FOLLOWS:
        days = days_still(unit, row.suspended_at, at, calendar)
        row.paused_days += days
        row_end = moved(row.ends_at, days, unit, calendar).ends_at
    counted = _counted(kind, subject, row, calendar)
    row.suspended_at, row.suspended_by = None, ""
    _end(kind, subject, row, Moved(max(row_end, counted.ends_at), counted.provisional))
    row.remind_at = _reminder(kind, subject, row, at, calendar)
    row.save()


@transaction.atomic
def suspend_matter(matter: str, kinds: Sequence[Kind[Any]], at: datetime) -> list[Deadline]:
    """Lock everything that belongs to `matter` and let all its deadlines stand still."""
    found: list[Deadline] = []
    for own, subject in _locked(matter, kinds):
        found += suspend(own, subject, at, why=MATTER)
    return found


@transaction.atomic
def resume_matter(matter: str, kinds: Sequence[Kind[Any]], at: datetime) -> list[Deadline]:
    """Lock everything that belongs to `matter` and let its deadlines run on."""
    found: list[Deadline] = []
    for own, subject in _locked(matter, kinds):
        found += resume(own, subject, at, why=MATTER)
    return found


def _locked(matter: str, kinds: Sequence[Kind[Any]]) -> list[tuple[list[Kind[Any]], Any]]:
    """
    Lock each row that a matter's deadlines belong to, and return it with their kinds.

    The kinds stand in the order of a matter's life. The locks are taken from its end: what came
    last locks first what it stands on, so that all is locked in the one order.
    """
    rows = Deadline.objects.filter(matter=matter, stopped_at__isnull=True).prefetch_related(
        "subject"
    )
    found: dict[tuple[int, int], tuple[list[Kind[Any]], Any]] = {}
    by_kind = {(row.kind, row.content_type_id, row.object_id): row for row in rows}
    for kind in reversed(kinds):
        for (name, *key), row in by_kind.items():
            if name == kind.name:
                place = (key[0], key[1])
                if place not in found:
                    found[place] = ([], kind.lock(row.subject))
                found[place][0].append(kind)
    return list(found.values())
