"""Lists that read the keys of a page first, and then the rows of these keys alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Generic, TypeVar, cast

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)

CHUNK = 500


class InTurn(Generic[Row]):
    """
    Querysets, one after the other, as one list of keys: what a paginator counts and cuts.

    Each is sorted by itself, so that an index can answer; no row must be in two of them.
    """

    def __init__(self, *parts: QuerySet[Row]) -> None:
        self.parts = parts
        self._counts: list[int] | None = None

    def count(self) -> int:
        """Return how many rows there are; one query for each part, asked once."""
        return sum(self.counts)

    @property
    def counts(self) -> list[int]:
        """How many rows each part has."""
        if self._counts is None:
            self._counts = [part.count() for part in self.parts]
        return self._counts

    def __getitem__(self, place: slice) -> list[Any]:
        """Return the keys from `place.start` to `place.stop`; a part outside is not asked."""
        found: list[Any] = []
        first = 0
        for part, count in zip(self.parts, self.counts, strict=True):
            start, stop = max(place.start - first, 0), min(place.stop - first, count)
            if start < stop:
                found += part.values_list("pk", flat=True)[start:stop]
            first += count
        return found

    def values(self, *names: Any) -> Iterator[tuple[Any, ...]]:
        """Yield these values of every row, as they stand in the database, without its model."""
        return chain.from_iterable(
            cast("Iterator[tuple[Any, ...]]", part.values_list(*names).iterator(CHUNK))
            for part in self.parts
        )


def in_order(rows: QuerySet[Row], keys: Sequence[Any]) -> list[Row]:
    """Return the rows with these keys as the keys stand; one query and what `rows` prefetches."""
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found]
