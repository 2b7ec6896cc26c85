"""What every index takes and gives: documents, hits, counts; and how an index says it cannot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import blake2b
from typing import Protocol

from search.analysis import compact, grams_of, names_of, sounds_of, token
from search.expression import ANYWHERE, BODY, FACTS, MARKS, TITLE
from search.facets import KIND
from search.query import Query

CANDIDATES = 200
"""How many hits are put in order by how well they fit; those after them stand by their place."""
FACETS_OF = 10_000
"""How many hits are counted by facet."""
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
NONE = timedelta(0)
AHEAD = {
    "class": timedelta(days=20_000),
    "item": timedelta(days=20_000),
    "approval": timedelta(days=20_000),
    "owner": timedelta(days=400),
    "agency": timedelta(days=400),
}
MINUTE = timedelta(minutes=1)
TAIL_BITS, TAIL_BYTES = 32, 4


class IndexUnavailable(Exception):
    """The index does not answer, refuses to, or is not built yet."""


@dataclass(frozen=True)
class Document:
    """
    One public thing as it is found and shown: `key` is its code or slug, `codes` its codes.

    `aliases` are other names of it. `facets` are pairs of a name in `search.facets.NAMES` and a
    value.
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
    aliases: tuple[str, ...] = ()

    @cached_property
    def values(self) -> tuple[tuple[str, str], ...]:
        """Its facets, and its kind, which is one."""
        return ((KIND, self.kind), *self.facets)

    def values_of(self, facet: str) -> tuple[str, ...]:
        """Return what it has of one facet: the places that it lies in, its class, its state."""
        return tuple(value for name, value in self.values if name == facet)

    @property
    def grams(self) -> Mapping[str, list[str]]:
        """The grams of each field; no phrase runs over the end of a line."""
        names = (self.title, *self.aliases)
        marks = [token(name, value) for name, value in self.values]
        return {
            TITLE: grams_of(names, self.codes),
            FACTS: grams_of(self.facts),
            BODY: grams_of(self.body.splitlines()),
            MARKS: [*names_of((*names, *self.codes)), *sounds_of(names), *marks],
        }

    @property
    def place(self) -> int:
        """
        Where it stands among all, the greatest first: by its age, and what is asked for by name of
        few things before what there are many of.

        The same in every index; what is as old in minutes stands in an order of chance.
        """
        minutes = (self.sort_at + AHEAD.get(self.kind, NONE) - BEGINNING) // MINUTE
        digest = blake2b(f"{self.kind}:{self.key}".encode(), digest_size=TAIL_BYTES).digest()
        return (max(minutes, 0) << TAIL_BITS) + int.from_bytes(digest)

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
        """How many hits there are of all kinds."""
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

    def count(self, queries: Sequence[Query], tier: int = ANYWHERE) -> list[int]:
        """Return how many hits each query has down to a tier, over all kinds, in one round trip."""

    def sample(self, queries: Sequence[Query], most: int) -> list[Document]:
        """Return the first things whose names any of the queries finds, without their texts."""

    def every(self, query: Query) -> Iterator[Document]:
        """Yield every hit, the newest first, without their texts, however many there are."""

    def rebuild(self, documents: Iterable[Document], version: int) -> int:
        """
        Make the index hold exactly `documents` and what was written since with a greater version.

        `version` must have been taken before the first document was read. Returns how many
        documents the index refused; it holds the others.
        """

    def is_built(self) -> bool:
        """Tell whether a rebuild of it has ever finished."""
