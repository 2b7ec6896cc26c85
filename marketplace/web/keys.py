"""Lists that read the keys of a page first, and then the rows of these keys alone."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cached_property, partial
from itertools import chain
from typing import Any, Generic, TypeVar, cast

from django.db.models import Model, QuerySet

from marketplace.kernel import known

Row = TypeVar("Row", bound=Model)
Found = TypeVar("Found")
Kept = TypeVar("Kept")

CHUNK = 500


class InTurn(Generic[Row]):
    """
    Querysets, one after the other, as one list of keys: what a paginator counts and cuts.

    Each is sorted by itself, so that an index can answer; no row must be in two of them. With
    `whole`, which holds the rows of all parts, the last part is what the others leave of it.
    `kept_as` names what everybody would find alike: then it is read once until something public
    changes.
    """

    def __init__(
        self,
        *parts: QuerySet[Row],
        whole: QuerySet[Row] | None = None,
        kept_as: tuple[Hashable, ...] = (),
    ) -> None:
        self.parts = parts
        self.whole = whole
        self.kept_as = kept_as

    def count(self) -> int:
        """Return how many rows there are; one query for each part, asked once."""
        return sum(self.counts)

    @cached_property
    def counts(self) -> list[int]:
        """How many rows each part has."""
        return _kept(self.kept_as, "counts", read=self._count)

    def _count(self) -> list[int]:
        if self.whole is None:
            return [part.count() for part in self.parts]
        counts = [part.count() for part in self.parts[:-1]]
        return [*counts, self.whole.count() - sum(counts)]

    def __getitem__(self, place: slice) -> list[Any]:
        """Return the keys from `place.start` to `place.stop`; a part outside is not asked."""
        read = partial(self._between, place.start, place.stop)
        return _kept(self.kept_as, "keys", place.start, place.stop, read=read)

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


class Counted(Generic[Found]):
    """Rows of which it is known how many there are: what a paginator counts and cuts."""

    def __init__(self, rows: QuerySet[Any, Found], count: int) -> None:
        self.rows = rows
        self._count = count

    def count(self) -> int:
        """Return how many rows there are."""
        return self._count

    def __getitem__(self, place: slice) -> Sequence[Found]:
        """Return the rows from `place.start` to `place.stop`."""
        return list(self.rows[place]) if self._count else []


class InPlaces:
    """
    Keys in an order that no index has, as one list: what a paginator counts and cuts.

    `kept_as` is as in `InTurn`; kept are how many there are, and those of each page.
    """

    def __init__(
        self, read: Callable[[], Sequence[int]], kept_as: tuple[Hashable, ...] = ()
    ) -> None:
        self._read = read
        self.kept_as = kept_as

    @cached_property
    def keys(self) -> Sequence[int]:
        """All of them."""
        return self._read()

    def count(self) -> int:
        """Return how many there are."""
        return _kept(self.kept_as, "count", read=lambda: len(self.keys))

    def __getitem__(self, place: slice) -> Sequence[int]:
        """Return the keys from `place.start` to `place.stop`."""
        return _kept(self.kept_as, "keys", place.start, place.stop, read=lambda: self.keys[place])


def _kept(
    kept_as: tuple[Hashable, ...], name: str, *key: Hashable, read: Callable[[], Kept]
) -> Kept:
    return known.once(name, *kept_as, *key, read=read) if kept_as else read()


def in_order(rows: QuerySet[Row], keys: Sequence[Any]) -> list[Row]:
    """Return the rows with these keys as the keys stand; one query and what `rows` prefetches."""
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found]
