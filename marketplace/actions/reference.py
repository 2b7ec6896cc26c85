"""Bring the stored reference data to what the data files say; a second run writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal

from django.db import models, transaction

from marketplace import reference
from marketplace.actions.catalogue import publish_item
from marketplace.guards.catalogue import may_publish_item
from marketplace.kernel.models import CalendarDay
from marketplace.models import (
    ApprovalDeliverable,
    Division,
    PlaceCode,
    ServiceClass,
    ServiceItem,
)

Outcome = Literal["created", "updated", "unchanged", "kept", "removed", "closed", "published"]
Outcomes = Counter[Outcome]
PLACE_FIELDS = ("full_name", "level", "valid_from", "valid_until", "successors")


@transaction.atomic
def load_divisions(divisions: Iterable[reference.Division], *, on: date) -> Outcomes:
    """
    Store the divisions, parents before children; one that is not given any more is closed on `on`.

    What names a closed one still does, and nothing new can.
    """
    given = [*divisions]
    outcomes: Outcomes = Counter(
        bring(
            Division.objects,
            {"code": one.code},
            {
                "name": one.name,
                "level": one.level,
                "parent_id": one.parent or None,
                "closed_on": None,
            },
        )
        for one in given
    )
    gone = Division.objects.standing().exclude(code__in=[one.code for one in given])
    return outcomes + Counter({"closed": gone.update(closed_on=on)})


@transaction.atomic
def load_place_codes(codes: Iterable[reference.PlaceCode], *, on: date) -> Outcomes:
    """
    Store what the codes of the country mean and meant, in a few statements.

    A code in use that is not given any more is closed in the year of `on`.
    """
    stored = {(row.code, row.name): row for row in PlaceCode.objects.all()}
    new, changed, unchanged = [], [], 0
    for one in codes:
        values = asdict(one) | {"successors": [*one.successors]}
        row = stored.pop((one.code, one.name), None)
        if row is None:
            new.append(PlaceCode(**values))
        elif differing(row, values):
            vars(row).update(values)
            changed.append(row)
        else:
            unchanged += 1
    gone = [row for row in stored.values() if row.valid_until is None]
    for row in gone:
        row.valid_until = on.year
    # what ends is written first: a code means one place at a time
    PlaceCode.objects.bulk_update([*gone, *changed], PLACE_FIELDS, batch_size=200)
    PlaceCode.objects.bulk_create(new, batch_size=1000)
    outcomes: Outcomes = Counter({"created": len(new), "updated": len(changed)})
    outcomes.update({"unchanged": unchanged, "closed": len(gone)})
    return +outcomes


@transaction.atomic
def load_service_classes(classes: Iterable[reference.ServiceClass]) -> Outcomes:
    """Store the service classes."""
    return Counter(bring(ServiceClass.objects, {"code": one.code}, asdict(one)) for one in classes)


@transaction.atomic
def load_approvals(approvals: Iterable[reference.ApprovalDeliverable]) -> Outcomes:
    """Store what each approval asks for."""
    return Counter(
        bring(
            ApprovalDeliverable.objects,
            {"approval": one.approval, "deliverable": one.deliverable},
            asdict(one),
        )
        for one in approvals
    )


@transaction.atomic
def load_service_items(
    items: Iterable[reference.ServiceItem],
    requirements: Mapping[str, dict[str, Any]],
    *,
    at: datetime,
) -> Outcomes:
    """
    Store the catalogue items with who may do each, by its code, and publish those that may be.

    A draft is brought up to date; an item that was ever published is never edited: a change makes
    a new version. A suspended or abolished item comes back as a draft only.
    """
    classes = dict(ServiceClass.objects.values_list("code", "pk"))
    outcomes: Outcomes = Counter()
    for item in items:
        values = _item_values(item, classes) | {"requirement": requirements.get(item.code, {})}
        outcomes.update(_load_service_item(item.code, values, at=at))
    return outcomes


def _item_values(item: reference.ServiceItem, classes: Mapping[str, int]) -> dict[str, Any]:
    values = asdict(item)
    service_class = values.pop("service_class")
    values["service_class_id"] = classes[service_class] if service_class else None
    values["missing"] = list(item.missing)
    return values


def _load_service_item(code: str, values: dict[str, Any], *, at: datetime) -> list[Outcome]:
    latest = ServiceItem.objects.filter(code=code).order_by("-version").first()
    if latest is not None and not differing(latest, values):
        return ["unchanged"]
    if latest is not None and latest.status == ServiceItem.Status.DRAFT:
        bring(ServiceItem.objects, {"pk": latest.pk}, values)
        return ["updated", *_publish_if_possible(latest.pk, at=at)]
    version = latest.version + 1 if latest is not None else 1
    item = ServiceItem.objects.create(version=version, **values)
    if latest is None or latest.status == ServiceItem.Status.PUBLISHED:
        return ["created", *_publish_if_possible(item.pk, at=at)]
    return ["created"]


def _publish_if_possible(pk: int, *, at: datetime) -> list[Outcome]:
    item = ServiceItem.objects.get(pk=pk)
    if not all(verdict.holds for verdict in may_publish_item(item)):
        return []
    publish_item(item=item, by=None, at=at)
    return ["published"]


@transaction.atomic
def load_calendar_days(
    days: Iterable[reference.CalendarDay], *, own_source: str, years: range
) -> Outcomes:
    """
    Store the days on which the official calendar differs from the week.

    Rows whose source does not start with `own_source` were entered by hand: they are kept as they
    are. Own rows of `years` that are not in `days` any more are removed.
    """
    given = {one.day: one for one in days}
    by_hand = set(
        CalendarDay.objects.exclude(source__startswith=own_source).values_list("day", flat=True)
    )
    outcomes: Outcomes = Counter(
        "kept" if day in by_hand else bring(CalendarDay.objects, {"day": day}, asdict(one))
        for day, one in given.items()
    )
    stale = CalendarDay.objects.filter(source__startswith=own_source, day__year__in=years)
    removed, _by_model = stale.exclude(day__in=given).delete()
    return outcomes + Counter({"removed": removed})


def differing(row: models.Model, values: Mapping[str, Any]) -> list[str]:
    """Return the names of the fields of `row` that differ from `values`, in value or in type."""
    return [
        name
        for name, value in values.items()
        if getattr(row, name) != value or type(getattr(row, name)) is not type(value)
    ]


def bring(rows: models.Manager[Any], key: dict[str, Any], values: dict[str, Any]) -> Outcome:
    """Create the row with `key`, or change what differs; `values` may repeat the key."""
    row = rows.filter(**key).first()
    if row is None:
        rows.create(**(key | values))
        return "created"
    changed = differing(row, values)
    if not changed:
        return "unchanged"
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    return "updated"
