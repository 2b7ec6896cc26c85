"""Bring the stored catalogue to what its files say; a second run writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from marketplace import reference
from marketplace.actions.catalogue import publish_from_files, store
from marketplace.actions.reference import Outcomes, bring_all, change, differing
from marketplace.guards.catalogue import grounds_on, may_publish_item
from marketplace.kernel.calendar import day_of
from marketplace.kernel.inserts import insert_all
from marketplace.kernel.verdicts import all_hold
from marketplace.models import (
    Approval,
    ApprovalDeliverable,
    RefusedItem,
    ServiceClass,
    ServiceItem,
)

Status = ServiceItem.Status
OF_APPROVAL = ("code", "department", "level", "ended_by")


@transaction.atomic
def load_service_classes(classes: Iterable[reference.ServiceClass]) -> Outcomes:
    """Store the service classes."""
    return bring_all(ServiceClass, "code", [asdict(one) for one in classes])


@transaction.atomic
def load_refused_items(refused: Mapping[str, str]) -> Outcomes:
    """Store the names that no item may have, each with its reason."""
    rows = [{"name": name, "reason": reason} for name, reason in refused.items()]
    return bring_all(RefusedItem, "name", rows)


@transaction.atomic
def load_approvals(approvals: Iterable[reference.ApprovalDeliverable]) -> Outcomes:
    """Store the approvals, and what each asks for; what the file leaves out is no longer asked."""
    rows = list(approvals)
    by_code = {
        one.code: {"name": one.approval, **{name: getattr(one, name) for name in OF_APPROVAL}}
        for one in rows
    }
    bring_all(Approval, "code", by_code.values())
    keys = dict(Approval.objects.values_list("code", "pk"))
    return _load_deliverables([one for one in rows if one.deliverable], keys)


def _load_deliverables(
    rows: Iterable[reference.ApprovalDeliverable], keys: Mapping[str, int]
) -> Outcomes:
    there = {(one.approval_id, one.deliverable): one for one in ApprovalDeliverable.objects.all()}
    new: list[ApprovalDeliverable] = []
    outcomes: Outcomes = Counter()
    for one in rows:
        found = there.pop((keys[one.code], one.deliverable), None)
        if found is not None:
            outcomes[change(found, {"item_code": one.item})] += 1
            continue
        outcomes["created"] += 1
        new.append(
            ApprovalDeliverable(
                approval_id=keys[one.code], deliverable=one.deliverable, item_code=one.item
            )
        )
    insert_all(new)
    if there:
        ApprovalDeliverable.objects.filter(pk__in=[one.pk for one in there.values()]).delete()
        outcomes["removed"] += len(there)
    return outcomes


@transaction.atomic
def load_service_items(
    items: Iterable[reference.ServiceItem],
    requirements: Mapping[str, dict[str, Any]],
    *,
    at: datetime,
    publishes: bool = True,
) -> Outcomes:
    """
    Store the catalogue items with who may do each, by its code, and publish those that may be.

    A draft is brought up to date; an item that was ever published is never edited: a change makes
    a new version. A suspended or abolished item comes back as a draft only. All that a run
    publishes is one list; without `publishes` everything stays a draft until a list names it.
    """
    classes = dict(ServiceClass.objects.values_list("code", "pk"))
    latest = {row.code: row for row in ServiceItem.objects.order_by("version")}
    outcomes: Outcomes = Counter()
    brought: list[ServiceItem] = []
    for item in items:
        values = _item_values(item, classes) | {"requirement": requirements.get(item.code, {})}
        row = _brought(latest.get(item.code), values, outcomes)
        if row is not None:
            brought.append(row)
    if publishes:
        _publish_or_store(brought, latest, outcomes, at=at)
    else:
        store(brought)
    return outcomes


def _item_values(item: reference.ServiceItem, classes: Mapping[str, int]) -> dict[str, Any]:
    values = asdict(item)
    service_class = values.pop("service_class")
    values["service_class_id"] = classes[service_class] if service_class else None
    values["missing"] = list(item.missing)
    return values


def _brought(
    latest: ServiceItem | None, values: dict[str, Any], outcomes: Outcomes
) -> ServiceItem | None:
    """Return the version that holds `values`, not stored yet, or None where nothing differs."""
    if latest is None or latest.status != Status.DRAFT:
        if latest is not None and not differing(latest, values):
            outcomes["unchanged"] += 1
            return None
        outcomes["created"] += 1
        return ServiceItem(version=latest.version + 1 if latest else 1, **values)
    changed = differing(latest, values)
    outcomes["updated" if changed else "unchanged"] += 1
    for name in changed:
        setattr(latest, name, values[name])
    return latest if changed else None


def _publish_or_store(
    brought: Iterable[ServiceItem],
    latest: Mapping[str, ServiceItem],
    outcomes: Outcomes,
    *,
    at: datetime,
) -> None:
    rows = list(brought)
    if not rows:
        return
    grounds = grounds_on(day_of(at))
    stays = {Status.SUSPENDED, Status.ABOLISHED}
    to_publish = [
        row
        for row in rows
        if (row.pk or row.code not in latest or latest[row.code].status not in stays)
        and all_hold(may_publish_item(row, grounds))
    ]
    drafts = [row for row in rows if row not in to_publish]
    publish_from_files(to_publish, by=None, at=at)
    store(drafts)
    if to_publish:
        outcomes["published"] += len(to_publish)
