"""Publish catalogue items."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from marketplace.guards.catalogue import may_publish_item
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import ServiceItem, User

IN_USE = (ServiceItem.Status.PUBLISHED, ServiceItem.Status.SUSPENDED)


@transaction.atomic
def publish_item(*, item: ServiceItem, by: User | None, at: datetime) -> ServiceItem:
    """
    Publish `item`; the version that it replaces ends at the same moment.

    `by` is None when the data are loaded. Orders keep the version that they were published under.

    Raises:
        Refused: a guard in `may_publish_item` does not hold.
    """
    versions = {
        version.pk: version for version in ServiceItem.objects.filter(code=item.code).lock_all()
    }
    item = versions.pop(item.pk)
    require(*may_publish_item(item))
    for older in versions.values():
        if older.status in IN_USE:
            _supersede(older, newer=item, by=by, at=at)
    before = item.status
    item.publish(at=at)
    item.save()
    record(by=by, verb="item.published", target=item, at=at, before=before, code=item.code)
    return item


def _supersede(older: ServiceItem, *, newer: ServiceItem, by: User | None, at: datetime) -> None:
    before = older.status
    older.abolish(at=at)
    older.save()
    record(
        by=by,
        verb="item.superseded",
        target=older,
        at=at,
        before=before,
        code=older.code,
        version=newer.version,
    )
