"""Lists that read the keys of a page first, and then the rows of these keys alone."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cached_property, partial
from itertools import chain
from typing import Any, Generic, TypeVar, cast

from django.db.models import Model, QuerySet

from marketplace.kernel import known

Row = TypeVar("Row", bound=Model)

CHUNK = 500


class InTurn(Generic[Row]):
    """
    Querysets, one after the other, as one list of keys: what a paginator counts and cuts.

    Each is sorted by itself, so that an index can answer; no row must be in two of them. `kept_as`
    names what everybody would find alike: then it is read once until something public changes.
    """

    def __init__(self, *parts: QuerySet[Row], kept_as: tuple[Hashable, ...] = ()) -> None:
        self.parts = parts
        self.kept_as = kept_as

    def count(self) -> int:
        """Return how many rows there are; one query for each part, asked once."""
        return sum(self.counts)

    @cached_property
    def counts(self) -> list[int]:
        """How many rows each part has."""
        return self._kept("counts", read=lambda: [part.count() for part in self.parts])

    def __getitem__(self, place: slice) -> list[Any]:
        """Return the keys from `place.start` to `place.stop`; a part outside is not asked."""
        return self._kept(
            "keys", place.start, place.stop, read=partial(self._between, place.start, place.stop)
        )

    def _kept(self, name: str, *key: Hashable, read: Callable[[], list[Any]]) -> list[Any]:
        return known.once(name, *self.kept_as, *key, read=read) if self.kept_as else read()

    def _between(self, begin: int, end: int) -> list[Any]:
        found: list[Any] = []
        first = 0
        for part, count in zip(self.parts, self.counts, strict=True):
            start, stop = max(begin - first, 0), min(end - first, count)
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
