"""Ask the indexes one after the other, until one answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import structlog

from search.backends import indexes
from search.index import Document, Found, Index, IndexUnavailable
from search.query import Query, alternatives, exactly

log = structlog.get_logger(__name__)


class Reading(StrEnum):
    """How what was typed was understood; each only where the ones before it find nothing."""

    TYPED = "typed"
    SPLIT = "split"
    SOUND = "sound"
    CORRECTED = "corrected"
    FEWER = "fewer"


@dataclass(frozen=True)
class Answer:
    """
    What was found: a page of hits, the one thing whose code was typed, and what is near.

    `query` is what was answered, which may be another than what was `asked`: `reading` says how it
    was read, `correction` in what words when they are not those that were typed, and `left_out`
    which of them nothing holds.
    `nearest` is a query that has hits, `nearest_count` of them, when nothing at all was found.
    With `is_degraded` a reserve has answered.
    """

    query: Query
    found: Found
    exact: Document | None = None
    nearest: Query | None = None
    nearest_count: int = 0
    is_degraded: bool = False
    reading: Reading = Reading.TYPED
    correction: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def facets(self) -> Mapping[str, Mapping[str, int]]:
        """How many hits have each value of each facet, under everything else that was chosen."""
        return self.found.facets

    @property
    def total(self) -> int:
        """The number of hits of the asked kind."""
        kind = self.query.kind
        return self.found.counts.get(kind, 0) if kind else self.found.total


def answer(query: Query) -> Answer:
    """
    Return what the first index that answers has found.

    Raises:
        IndexUnavailable: none does.
    """
    for position, index in enumerate(indexes()):
        try:
            return _asked(index, query, is_reserve=position > 0)
        except IndexUnavailable as error:
            log.warning("search_index_unavailable", index=index.name, error=str(error))
    raise IndexUnavailable("none answers")


def _asked(index: Index, query: Query, *, is_reserve: bool) -> Answer:
    if is_reserve and not index.is_built():
        raise IndexUnavailable("not built")
    found = index.find(query)
    exact = _exact(index, query) if found.total and query.page == 1 else None
    nearest, count = (None, 0) if found.total else _nearest(index, query)
    return Answer(query, found, exact, nearest, count, is_reserve)


def _exact(index: Index, query: Query) -> Document | None:
    """Return the one thing whose code was typed; None when no code was, or several have it."""
    if not query.code:
        return None
    hits = index.find(exactly(query.code)).hits
    exact = [hit for hit in hits if hit.has_code(query.code)]
    return exact[0] if len(exact) == 1 else None


def _nearest(index: Index, query: Query) -> tuple[Query | None, int]:
    """Return the alternative with hits: of one term the longest, of several the most found."""
    near = alternatives(query)
    counted = [
        (count, other) for count, other in zip(index.count(near), near, strict=True) if count
    ]
    if not counted:
        return None, 0
    if len(query.terms) > 1:
        counted.sort(key=lambda pair: pair[0], reverse=True)
    count, nearest = counted[0]
    return nearest, count
