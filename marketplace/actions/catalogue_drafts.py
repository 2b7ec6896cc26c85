"""Draft a version of an item and edit it; what was public is never edited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from marketplace.guards.catalogue_lists import may_change_item
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.kernel.versions import version_of
from marketplace.models import ServiceItem, User
from marketplace.requirements import Requirement, written
from marketplace.web.versions import as_seen

OF_THE_VERSION = frozenset(
    {"id", "version", "status", "published_at", "ended_at", "end_reason", "replaced_by"}
)


@transaction.atomic
def draft_item(*, values: Mapping[str, Any], by: User, at: datetime) -> ServiceItem:
    """Begin an item that the catalogue has never had."""
    item = ServiceItem.objects.create(**values)
    record(by=by, verb="item.drafted", target=item, at=at, code=item.code)
    return item


@transaction.atomic
def draft_version(
    *, item: ServiceItem, by: User, at: datetime, seen: str | None = None
) -> ServiceItem:
    """
    Return the draft of the next version of an item, begun from `item` if there is none.

    Raises:
        Refused: the item is not what the page showed.
    """
    item = ServiceItem.objects.lock(item.pk)
    require(*as_seen(version_of(item), seen))
    versions = ServiceItem.objects.filter(code=item.code)
    standing = versions.filter(status=ServiceItem.Status.DRAFT).first()
    if standing is not None:
        return standing
    values = {
        field.attname: getattr(item, field.attname)
        for field in ServiceItem._meta.concrete_fields
        if field.name not in OF_THE_VERSION
    }
    latest: int = versions.aggregate(latest=Max("version"))["latest"]
    draft = ServiceItem.objects.create(**values, version=latest + 1)
    record(by=by, verb="item.drafted", target=draft, at=at, code=draft.code, version=draft.version)
    return draft


@transaction.atomic
def change_item(
    *,
    item: ServiceItem,
    values: Mapping[str, Any],
    by: User,
    at: datetime,
    seen: str | None = None,
) -> ServiceItem:
    """
    Bring a draft to `values`.

    Raises:
        Refused: it is no draft, or it stands in a list that waits.
    """
    item = ServiceItem.objects.lock(item.pk)
    require(*as_seen(version_of(item), seen), *may_change_item(item))
    changed = [name for name, value in values.items() if getattr(item, name) != value]
    for name in changed:
        setattr(item, name, values[name])
    item.save()
    record(by=by, verb="item.changed", target=item, at=at, code=item.code, fields=changed)
    return item


def change_requirement(
    *,
    item: ServiceItem,
    requirement: Requirement,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> ServiceItem:
    """
    Say who may do the work of a draft.

    Raises:
        Refused: it is no draft, or it stands in a list that waits.
    """
    values = {"requirement": written(requirement)}
    return change_item(item=item, values=values, by=by, at=at, seen=seen)
