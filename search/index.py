"""What every index takes and gives: documents, hits, counts; and how an index says it cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from search.query import Query, compact, grams_of

FACETS_OF = 10_000
"""How many hits are counted by facet."""


class IndexUnavailable(Exception):
    """The index does not answer, refuses to, or is not built yet."""


@dataclass(frozen=True)
class Document:
    """
    One public thing as it is found and shown: `key` is its code or slug, `codes` its codes.

    `facets` are pairs of a name in `search.facets.NAMES` and a value.
    """

    kind: str
    key: str
    title: str
    facts: tuple[str, ...]
    body: str
    url: str
    sort_at: datetime
    codes: tuple[str, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()

    def values(self, facet: str) -> tuple[str, ...]:
        """Return what it has of one facet: the places that it lies in, its class, its state."""
        return tuple(value for name, value in self.facets if name == facet)

    @property
    def grams(self) -> list[str]:
        """The grams under which it is found; no phrase runs over the end of a line."""
        return grams_of([self.title, *self.facts, *self.body.splitlines()], self.codes)

    def has_code(self, code: str) -> bool:
        """Tell whether `code`, without separators, is one of its codes."""
        return any(compact(own) == code for own in self.codes)


@dataclass(frozen=True)
class Found:
    """
    One page of hits, the best first, and how many there are of each kind.

    `facets` counts the values of each facet under everything else that was chosen; the counts are
    of the first `FACETS_OF` hits, where there are more.
    """

    hits: Sequence[Document]
    counts: Mapping[str, int]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


class Index(Protocol):
    """
    One index; a version that is not greater than the stored one changes nothing.

    Nor does one smaller than that of the last rebuild, which has read all that it could tell.
    """

    name: str

    def put(self, documents: Iterable[Document], version: int) -> None:
        """Store documents."""

    def remove(self, kind: str, key: str, version: int) -> None:
        """Take one document out."""

    def find(self, query: Query) -> Found:
        """Return a page of hits and the counts of every kind."""

    def count(self, queries: Sequence[Query]) -> list[int]:
        """Return the number of hits of each query, over all kinds, in one round trip."""

    def rebuild(self, documents: Iterable[Document], version: int) -> int:
        """
        Make the index hold exactly `documents` and what was written since with a greater version.

        `version` must have been taken before the first document was read. Returns how many
        documents the index refused; it holds the others.
        """

    def is_built(self) -> bool:
        """Tell whether a rebuild of it has ever finished."""
