"""What every step of a move does: lock, record, tell; and how long the old agency may wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from marketplace.actions.messages import notify
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import WorkCalendar, day_of
from marketplace.kernel.deadlines import Ending, Kind, Settled
from marketplace.kernel.declarations import Declaration
from marketplace.kernel.durations import Duration
from marketplace.kernel.rules import rules_in_force, typed
from marketplace.models import Agency, Membership, Organization, PractitionerMove, User
from marketplace.models.deadlines import MoveDeadline
from marketplace.rules import RELEASE as RELEASE_PERIOD
from marketplace.rules import RELEASE_REMINDER


def locked_both(*keys: int) -> dict[int, Agency]:
    """Lock the organisations in the order of their keys, then their agencies; read them anew."""
    units = {key: Organization.objects.lock(key) for key in sorted(set(keys))}
    rows = {key: Agency.objects.lock(key) for key in units}
    for key, row in rows.items():
        row.organization = units[key]
    return rows


def locked(move: PractitionerMove) -> PractitionerMove:
    """Lock both agencies, then the move, and return it freshly read."""
    rows = locked_both(move.from_agency_id, move.to_agency_id)
    move = PractitionerMove.objects.lock(move.pk)
    move.from_agency, move.to_agency = rows[move.from_agency_id], rows[move.to_agency_id]
    return move


def record_step(
    move: PractitionerMove, verb: str, *, by: User | None, at: datetime, before: str, **data: Any
) -> None:
    record(
        by=by,
        verb=verb,
        target=move,
        at=at,
        organization=move.to_agency.organization,
        before=before,
        from_agency=move.from_agency_id,
        **data,
    )


def tell(
    move: PractitionerMove, kind: str, *, at: datetime, to_old: bool = False, **context: Any
) -> None:
    """Tell the managers of one side: nobody else of it opens what is registered."""
    agency = move.from_agency if to_old else move.to_agency
    notify(
        organization=agency.organization,
        kind=kind,
        at=at,
        url=reverse("marketplace:move", args=[move.slug]),
        roles=[Membership.Role.AGENCY_MANAGER],
        move=move,
        **context,
    )


def _period(move: PractitionerMove, rule: Declaration[Duration], at: datetime) -> Duration:
    """Return a length by the rules at the place of the agency that is to answer."""
    return typed(rules_in_force(move.from_agency.organization.division, day_of(at)).values())[rule]


def release_ends(move: PractitionerMove, start: datetime, calendar: WorkCalendar) -> Ending:
    return _period(move, RELEASE_PERIOD, start).after(start, calendar)


def release_reminder(
    move: PractitionerMove, start: datetime, end: datetime, calendar: WorkCalendar
) -> datetime | None:
    """Return when to remind the old agency; None when that lies before the request."""
    moment = _period(move, RELEASE_REMINDER, start).before(end, calendar)
    return moment if moment > start else None


def _settled(move: PractitionerMove, found: Settled, at: datetime) -> None:
    label = MoveDeadline(found.deadline).label
    for to_old in (False, True):
        tell(
            move,
            "marketplace/deadline_settled",
            at=at,
            to_old=to_old,
            label=label,
            settled=found,
        )


RELEASE = Kind(
    name=MoveDeadline.RELEASE.value,
    label=MoveDeadline.RELEASE.label,
    lock=locked,
    end=release_ends,
    reference=lambda move: str(move.from_agency.organization.uscc),
    tell=_settled,
    grace=lambda _move: timedelta(0),
    remind=release_reminder,
    organization=lambda move: move.from_agency.organization,
)


@transaction.atomic
def remind_of_release(move: PractitionerMove, at: datetime) -> None:
    """Remind the old agency, once, that it has not answered."""
    move = locked(move)
    row = RELEASE.of(move)
    if row is None or row.remind_at != at:
        return
    if move.status == PractitionerMove.Status.REQUESTED:
        tell(move, "marketplace/move_waits", at=at, to_old=True)
    deadlines.reminded(RELEASE, move)


@transaction.atomic
def pass_to_an_officer(move: PractitionerMove, end: datetime, _now: datetime) -> None:
    """Tell both sides that the time to answer is over, so that an officer decides."""
    move = locked(move)
    row = RELEASE.of(move)
    if row is None or row.ends_at != end or row.acts_at is None:
        return
    if move.status == PractitionerMove.Status.REQUESTED:
        for to_old in (False, True):
            tell(move, "marketplace/move_late", at=end, to_old=to_old)
    deadlines.rest(RELEASE, move)
