"""Bring the stored reference data to what the data files say; a second run writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Literal

from django.db import models, transaction

from marketplace import reference
from marketplace.kernel.inserts import insert_all
from marketplace.kernel.models import CalendarDay
from marketplace.models import Division, PlaceCode

Outcome = Literal["created", "updated", "unchanged", "kept", "removed", "closed", "published"]
Outcomes = Counter[Outcome]
PLACE_KEY = ("code", "name")
PLACE_FIELDS = ("full_name", "level", "valid_from", "valid_until", "successors")


@transaction.atomic
def load_divisions(divisions: Iterable[reference.Division], *, on: date) -> Outcomes:
    """
    Store the divisions, parents before children; one that is not given any more is closed on `on`.

    What names a closed one still does, and nothing new can.
    """
    given = [
        {
            "code": one.code,
            "name": one.name,
            "level": one.level,
            "parent_id": one.parent or None,
            "closed_on": None,
        }
        for one in divisions
    ]
    outcomes = bring_all(Division, "code", given)
    gone = Division.objects.standing().exclude(code__in=[one["code"] for one in given])
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
        told = {name: getattr(one, name) for name in (*PLACE_KEY, *PLACE_FIELDS)}
        values = told | {"successors": [*one.successors]}
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
def load_calendar_days(
    days: Iterable[reference.CalendarDay], *, own_source: str, years: Collection[int]
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


def bring_all(model: type[models.Model], key: str, given: Iterable[dict[str, Any]]) -> Outcomes:
    """
    Create the rows that there are not, by the field `key`, and change what differs.

    One query for what is there and one statement for what is new.
    """
    there = {getattr(row, key): row for row in model._default_manager.all()}  # noqa: SLF001 - of any model
    new: list[models.Model] = []
    outcomes: Outcomes = Counter()
    for values in given:
        row = there.get(values[key])
        if row is None:
            new.append(model(**values))
            outcomes["created"] += 1
        else:
            outcomes[change(row, values)] += 1
    insert_all(new)
    return outcomes


def change(row: models.Model, values: Mapping[str, Any]) -> Literal["unchanged", "updated"]:
    """Bring a stored row to `values`."""
    changed = differing(row, values)
    if not changed:
        return "unchanged"
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    return "updated"


def bring(rows: models.Manager[Any], key: dict[str, Any], values: dict[str, Any]) -> Outcome:
    """Create the row with `key`, or change what differs; `values` may repeat the key."""
    row = rows.filter(**key).first()
    if row is None:
        rows.create(**(key | values))
        return "created"
    return change(row, values)
