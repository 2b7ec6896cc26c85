"""Publish, suspend and abolish catalogue items: by a list, one decision for all that it changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction

from marketplace.guards.catalogue import grounds_on, may_publish_item
from marketplace.kernel.audit import entry, record_all
from marketplace.kernel.calendar import day_of
from marketplace.kernel.effects import enqueue
from marketplace.kernel.inserts import insert_all
from marketplace.kernel.models import AuditEntry, Sequence
from marketplace.kernel.verdicts import require
from marketplace.models import CatalogueList, ListChange, ServiceItem, User
from marketplace.models.catalogue_lists import FROM_FILES

Kind = ListChange.Kind
CATALOGUE = "catalogue"
"""The kind of effect that follows a list: whoever keeps something for each item looks again."""
IN_USE = (ServiceItem.Status.PUBLISHED, ServiceItem.Status.SUSPENDED)


@transaction.atomic
def publish_item(*, item: ServiceItem, by: User | None, at: datetime) -> ServiceItem:
    """
    Publish `item` by a list of its own, as the data files do.

    Raises:
        Refused: a guard in `may_publish_item` does not hold.
    """
    row = ServiceItem.objects.lock(item.pk)
    require(*may_publish_item(row, grounds_on(day_of(at))))
    publish_from_files([row], by=by, at=at)
    return row


def publish_from_files(rows: list[ServiceItem], *, by: User | None, at: datetime) -> None:
    """
    Publish what the data files bring: the guards have been asked, and new rows are stored here.

    The list and its changes, the new rows and the trail take one statement each; a version that is
    replaced ends in the same moment.
    """
    if not rows:
        return
    previous = in_use_beside(rows)
    found = CatalogueList(number=next_file_number(at), dated_on=day_of(at), proposed_at=at)
    found.publish(by=by, at=at)
    found.save()
    noted = list(_ended(rows, previous, by=by, at=at))
    before = {row.code: row.status for row in rows}
    for row in rows:
        row.publish(at=at)
    store(rows)
    insert_all([_change(found, row, previous.get(row.code)) for row in rows])
    for row in rows:
        was = before[row.code]
        noted.append(
            entry(by=by, verb="item.published", target=row, at=at, before=was, code=row.code)
        )
    record_all(noted)
    tell_of(found, at)


def tell_of(found: CatalogueList, at: datetime) -> None:
    """Let the apps above follow what the list has changed, after the commit and once."""
    enqueue(kind=CATALOGUE, key=found.slug, payload={"list": found.slug}, due_at=at)


def in_use_beside(rows: Iterable[ServiceItem]) -> dict[str, ServiceItem]:
    """Return the published or suspended versions of the items that are not among `rows`."""
    rows = list(rows)
    others = ServiceItem.objects.filter(
        code__in=[row.code for row in rows], status__in=IN_USE
    ).exclude(pk__in=[row.pk for row in rows if row.pk])
    return {row.code: row for row in others.order_by("pk").lock_all()}


def store(rows: list[ServiceItem]) -> None:
    """Store new rows in one statement, and each changed one by itself, which tells the index."""
    stored = [row for row in rows if row.pk is not None]
    new = [row for row in rows if row.pk is None]
    insert_all(new)
    for row in stored:
        row.save()
    # What is stored in bulk tells nobody, and the index hears of what is saved.
    public = ServiceItem.objects.published().filter(pk__in=[row.pk for row in new])
    for row in public:
        row.save(update_fields=["published_at"])


def next_file_number(at: datetime) -> str:
    """Return the number of the next list that the data files make."""
    year = day_of(at).year
    serial = Sequence.objects.next_value(f"catalogue/{year}")
    return str(FROM_FILES) % {"year": year, "serial": serial}


def _change(found: CatalogueList, row: ServiceItem, previous: ServiceItem | None) -> ListChange:
    return ListChange(catalogue_list=found, item=row, previous=previous, kind=Kind.PUBLISH)


def _ended(
    rows: Iterable[ServiceItem],
    previous: dict[str, ServiceItem],
    *,
    by: User | None,
    at: datetime,
) -> Iterator[AuditEntry]:
    for row in rows:
        older = previous.get(row.code)
        if older is not None:
            yield supersede(older, newer=row, by=by, at=at)


def supersede(
    older: ServiceItem, *, newer: ServiceItem, by: User | None, at: datetime
) -> AuditEntry:
    """End the version that `newer` replaces; return what the trail says of it."""
    before = older.status
    older.abolish(at=at)
    older.save()
    return entry(
        by=by,
        verb="item.superseded",
        target=older,
        at=at,
        before=before,
        code=older.code,
        version=newer.version,
    )
