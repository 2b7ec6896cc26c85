"""A list is planned by one person and confirmed by another; then all its changes hold at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import transaction

from marketplace.actions.catalogue import in_use_beside, supersede, tell_of
from marketplace.guards.catalogue import grounds_on, may_publish_item
from marketplace.guards.catalogue_lists import (
    list_changes_are_lawful,
    may_confirm_list,
    may_plan_list,
    may_record_submission,
    may_withdraw_list,
    version_of_list,
)
from marketplace.kernel.audit import entry, record, record_all
from marketplace.kernel.calendar import day_of
from marketplace.kernel.inserts import insert_all
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import all_hold, require
from marketplace.models import (
    CatalogueList,
    ListChange,
    ListSubmission,
    Organization,
    ServiceItem,
    User,
)
from marketplace.web.versions import as_seen

Kind = ListChange.Kind
VERBS = {Kind.PUBLISH: "item.published", Kind.SUSPEND: "item.suspended"}


def changes_that_publish(on: date) -> list[ListChange]:
    """Return what a list would say to publish every draft that may be published on `on`."""
    grounds = grounds_on(on)
    drafts = ServiceItem.objects.filter(status=ServiceItem.Status.DRAFT).order_by("code")
    ready = [item for item in drafts if all_hold(may_publish_item(item, grounds))]
    return [ListChange(item=item, kind=Kind.PUBLISH) for item in ready]


@transaction.atomic
def plan_list(
    *,
    number: str,
    dated_on: date,
    reason: str,
    changes: Sequence[ListChange],
    by: User,
    at: datetime,
) -> CatalogueList:
    """
    Keep a list until a second person confirms it; `changes` name versions and belong to no list.

    Raises:
        Refused: a guard in `may_plan_list` does not hold.
    """
    require(*may_plan_list(number, changes, grounds_on(day_of(at))))
    found = CatalogueList.objects.create(
        number=number, dated_on=dated_on, reason=reason, proposed_by=by, proposed_at=at
    )
    previous = in_use_beside([one.item for one in changes if one.kind == Kind.PUBLISH])
    for change in changes:
        change.catalogue_list = found
        if change.kind == Kind.PUBLISH:
            change.previous = previous.get(change.item.code)
    insert_all(changes)
    record(by=by, verb="catalogue.planned", target=found, at=at, number=number)
    return found


@transaction.atomic
def confirm_list(
    *, found: CatalogueList, by: User, at: datetime, seen: str | None = None
) -> CatalogueList:
    """
    Let a list hold: what it publishes, suspends and abolishes does so in this moment.

    Raises:
        Refused: it is decided, planned by the same person, or one change is lawful no more.
    """
    found = CatalogueList.objects.lock(found.pk)
    require(*as_seen(version_of_list(found), seen), *may_confirm_list(found, by))
    changes = _changes_under_lock(found)
    require(list_changes_are_lawful(changes, grounds_on(day_of(at))))
    found.publish(by=by, at=at)
    found.save()
    noted = [one for change in changes for one in _carried_out(change, by=by, at=at)]
    record(by=by, verb="catalogue.published", target=found, at=at, number=found.number)
    record_all(noted)
    tell_of(found, at)
    return found


@transaction.atomic
def withdraw_list(
    *, found: CatalogueList, by: User, at: datetime, seen: str | None = None
) -> CatalogueList:
    """
    Take a list back; its drafts can be edited again.

    Raises:
        Refused: it is decided, or another person has planned it.
    """
    found = CatalogueList.objects.lock(found.pk)
    require(*as_seen(version_of_list(found), seen), *may_withdraw_list(found, by))
    found.withdraw(by=by, at=at)
    found.save()
    record(by=by, verb="catalogue.withdrawn", target=found, at=at, number=found.number)
    return found


@transaction.atomic
def record_submission(  # noqa: PLR0913 - the four facts of a submission
    *,
    found: CatalogueList,
    office: Organization,
    authority: str,
    document_number: str,
    submitted_on: date,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> ListSubmission:
    """
    Record that `office` sent a list to an authority; what is recorded is not changed any more.

    Raises:
        Refused: a guard in `may_record_submission` does not hold.
    """
    found = CatalogueList.objects.lock(found.pk)
    require(
        *as_seen(version_of_list(found), seen),
        *may_record_submission(found, authority, document_number, submitted_on, day_of(at)),
    )
    sent = ListSubmission.objects.create(
        catalogue_list=found,
        office=office,
        authority=authority,
        document_number=document_number,
        submitted_on=submitted_on,
        recorded_by=by,
        recorded_at=at,
    )
    record(by=by, verb="catalogue.submitted", target=sent, at=at, number=found.number)
    return sent


def _changes_under_lock(found: CatalogueList) -> list[ListChange]:
    """Return the changes of a list with their versions, which are locked by primary key."""
    changes = list(found.changes.all())
    keys = [change.item_id for change in changes]
    rows = {row.pk: row for row in ServiceItem.objects.filter(pk__in=keys).lock_all()}
    for change in changes:
        change.item = rows[change.item_id]
    return changes


def _carried_out(change: ListChange, *, by: User, at: datetime) -> Iterator[AuditEntry]:
    item, before = change.item, change.item.status
    if change.kind == Kind.PUBLISH:
        older = in_use_beside([item]).get(item.code)
        if older is not None:
            yield supersede(older, newer=item, by=by, at=at)
        item.publish(at=at)
    elif change.kind == Kind.SUSPEND:
        item.suspend(at=at, reason=change.reason)
    else:
        item.abolish(at=at, reason=change.reason, replaced_by=change.replaced_by)
    item.save()
    verb = VERBS.get(Kind(change.kind), "item.abolished")
    yield entry(by=by, verb=verb, target=item, at=at, before=before, code=item.code)
