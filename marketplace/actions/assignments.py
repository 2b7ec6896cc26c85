"""Take a thing of a queue on, hand it over, put it back; stand in for a colleague."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from marketplace.actions.messages import notify_person
from marketplace.guards import assignments as guards
from marketplace.guards.versions import version_of_stand_in
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.kernel.verdicts import require
from marketplace.models import Assignment, Organization, StandIn, User
from marketplace.parties import Party
from marketplace.web.queues import Queue
from marketplace.web.versions import as_seen


@transaction.atomic
def take_on(
    *, queue: Queue, row: Any, party: Party, by: User, at: datetime, seen: str | None = None
) -> Assignment:
    """
    Be who handles `row` from now on; nobody is hindered from deciding.

    Raises:
        Refused: a guard in `may_take` does not hold.
    """
    found = _locked(row)
    require(*guards.may_take(queue, row, found, by, day_of(at)), *as_seen(queue.version(row), seen))
    return _assign(row, found, party=party, officer=by, at=at)


@transaction.atomic
def hand_over(  # noqa: PLR0913 - what is handed over, by whom, to whom
    *,
    queue: Queue,
    row: Any,
    officer: User,
    party: Party,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Assignment:
    """
    Give `row` to a colleague, who is told.

    Raises:
        Refused: a guard in `may_hand_over` does not hold.
    """
    found = _locked(row)
    require(
        *guards.may_hand_over(queue, row, found, party, officer, day_of(at)),
        *as_seen(queue.version(row), seen),
    )
    made = _assign(row, found, party=party, officer=officer, at=at)
    notify_person(
        user=officer,
        organization=party.organization,
        kind="marketplace/thing_handed_over",
        at=at,
        url=queue.url(row),
        title=queue.title(row),
        label=queue.label,
        by=by,
    )
    return made


@transaction.atomic
def put_back(
    *, queue: Queue, row: Any, party: Party, by: User, at: datetime, seen: str | None = None
) -> None:
    """
    Let a thing be anybody's again.

    Raises:
        Refused: a guard in `may_put_back` does not hold.
    """
    found = _locked(row)
    require(*guards.may_put_back(found, by, day_of(at)), *as_seen(queue.version(row), seen))
    assert found is not None  # noqa: S101 - the guard has asked
    _record("assignment.put_back", row, party, by=by, at=at, officer=found.officer_id)
    found.delete()


def _locked(row: Any) -> Assignment | None:
    rows = Assignment.objects.of_model(type(row)).select_for_update(no_key=True, of=("self",))
    return rows.select_related("organization").filter(object_id=row.pk).first()


def _assign(
    row: Any, found: Assignment | None, *, party: Party, officer: User, at: datetime
) -> Assignment:
    made = found or Assignment(subject=row)
    made.organization, made.officer = party.organization, officer
    made.assigned_by, made.assigned_at = party.user, at
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:  # a colleague took it on at the same time
        require(guards.nobody_at_work_has_it(_locked(row), party.user, day_of(at)))
        raise
    _record("assignment.made", row, party, by=party.user, at=at, officer=officer.pk)
    return made


def _record(verb: str, row: Any, party: Party, *, by: User, at: datetime, officer: int) -> None:
    record(by=by, verb=verb, target=row, at=at, organization=party.organization, officer=officer)


@transaction.atomic
def stand_in(  # noqa: PLR0913 - who for whom, and when
    *,
    organization: Organization,
    absent: User,
    substitute: User,
    first_day: date,
    last_day: date,
    by: User,
    at: datetime,
) -> StandIn:
    """
    Let a colleague do the work of somebody who is away; both days are included.

    Raises:
        Refused: a guard in `may_stand_in` does not hold.
    """
    organization = Organization.objects.lock(organization.pk)
    named = {"absent": absent, "substitute": substitute}
    require(
        *guards.may_stand_in(
            organization,
            absent=absent,
            substitute=substitute,
            first_day=first_day,
            last_day=last_day,
            today=day_of(at),
        )
    )
    made = StandIn.objects.create(
        organization=organization,
        first_day=first_day,
        last_day=last_day,
        set_by=by,
        set_at=at,
        **named,
    )
    record(by=by, verb="stand_in.set", target=made, at=at, organization=organization)
    notify_person(
        user=substitute,
        organization=organization,
        kind="marketplace/stand_in_set",
        at=at,
        url=reverse("marketplace:workbench"),
        stand_in=made,
    )
    return made


@transaction.atomic
def end_stand_in(*, stand_in: StandIn, by: User, at: datetime, seen: str | None = None) -> StandIn:
    """
    Let the work be the colleague's own again.

    Raises:
        Refused: it has ended.
    """
    Organization.objects.lock(stand_in.organization_id)
    stand_in = StandIn.objects.select_related("absent", "substitute").get(pk=stand_in.pk)
    require(
        guards.stand_in_holds(stand_in, day_of(at)), *as_seen(version_of_stand_in(stand_in), seen)
    )
    stand_in.end(at=at)
    stand_in.save(update_fields=["ended_at"])
    record(by=by, verb="stand_in.ended", target=stand_in, at=at, organization=stand_in.organization)
    return stand_in
