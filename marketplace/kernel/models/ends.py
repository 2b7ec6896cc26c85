"""When the deadlines of many rows end, as plain values: one statement for a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from marketplace.kernel.models.deadlines import Deadline
from marketplace.kernel.statements import statement

End = tuple[datetime, bool]


@dataclass(frozen=True)
class Ends:
    """
    When the deadlines of some rows end, by the kind and the row's key.

    What model a key is of follows from the kind, as in `end_of`.
    """

    found: Mapping[tuple[str, int], End] = field(default_factory=dict)

    def of(self, kind: str, key: int | None) -> datetime | None:
        """Return when that of `kind` ends; None before it begins."""
        end = self.found.get((kind, key)) if key is not None else None
        return None if end is None else end[0]

    def is_provisional(self, key: int | None, *kinds: str) -> bool:
        """Tell whether one of `kinds` runs and rests on a year that is not published."""
        ends = (self.found.get((kind, key)) for kind in kinds if key is not None)
        return any(end[1] for end in ends if end is not None)


def ends_of(keys: Sequence[int]) -> Ends:
    """Return the ends of the deadlines of the rows with these keys, of whichever models."""
    rows = _read(keys=keys)
    return Ends(
        {
            (kind, key): (ends_at, is_provisional and stopped_at is None)
            for kind, key, ends_at, is_provisional, stopped_at in rows
        }
    )


def first_to_end(kind: str, subjects: QuerySet[Any]) -> QuerySet[Deadline, Any]:
    """
    Return key, end and whether it is provisional of those of `subjects` whose `kind` ends first.

    Each has a deadline of this kind that is not stopped. They are read in the order of its index,
    so that a list of a few reads a few, and each is asked whether it is one of them: a join would
    be put in order by sorting all that wait.
    """
    own = Subquery(subjects.filter(pk=OuterRef("object_id")).order_by().values("pk")[:1])
    rows = Deadline.objects.filter(kind=kind, stopped_at__isnull=True).alias(own=own)
    first = rows.filter(own__isnull=False).order_by("ends_at", "object_id")
    return first.values_list("object_id", "ends_at", "is_provisional")


@statement
def _read(*, keys: Sequence[int]) -> QuerySet[Deadline, Any]:
    rows = Deadline.objects.filter(object_id__in=keys).order_by()
    return rows.values_list("kind", "object_id", "ends_at", "is_provisional", "stopped_at")
