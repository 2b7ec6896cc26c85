"""
Keep the indexes true: one entry after each commit, and all of them in a rebuild.

A version is taken before the rows are read, and an index refuses a version older than the one it
has. So whoever took the greatest version read last, and read every change whose own effect took a
smaller one: the order in which workers finish does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import structlog
from django.db import connection

from marketplace.kernel import clock
from marketplace.kernel.effects import enqueue_new, key_of
from marketplace.kernel.models import Effect, Sequence
from search import documents
from search.backends import indexes
from search.index import Document, Index

log = structlog.get_logger(__name__)

ALWAYS_DUE = datetime(1970, 1, 1, tzinfo=UTC)
COUNTER = "search/version"
INDEX = "index"


@dataclass(frozen=True)
class Changed:
    """One thing that has changed, and when it will show something else though nobody changes it."""

    kind: str
    key: str
    later: tuple[datetime, ...] = ()


def enqueue_index(*changed: Changed) -> None:
    """Store, in this transaction, what has changed; one effect of each for each index."""
    enqueue_new(
        [
            Effect(
                kind=INDEX,
                key=key_of(INDEX, f"{index.name}:{one.kind}:{one.key}:{uuid4().hex}"),
                payload={"index": index.name, "kind": one.kind, "key": one.key},
                due_at=due_at,
            )
            for index in indexes()
            for one in dict.fromkeys(changed)
            for due_at in (ALWAYS_DUE, *one.later)
        ]
    )


def index_entry(payload: Mapping[str, Any]) -> None:
    """Bring the entry of one thing up to date; an index that is no longer kept is left alone."""
    for index in indexes():
        if index.name == payload["index"]:
            _bring_up_to_date(index, payload["kind"], payload["key"])


def _bring_up_to_date(index: Index, kind: str, key: str) -> None:
    version = next_version()
    document = documents.find(kind, key, clock.now())
    if document is None:
        index.remove(kind, key, version)
    else:
        index.put([document], version)


def rebuild(index: Index) -> int:
    """
    Build one index anew from what is public now; nothing written meanwhile is lost.

    Returns how many things are missing from it, because they could not be read or written.
    """
    version = next_version()
    unreadable: list[Exception] = []
    refused = index.rebuild(_read(documents.sources(clock.now()), unreadable), version)
    return len(unreadable) + refused


@dataclass(frozen=True)
class Outcome:
    """What came of the rebuild of one index: how many things are missing, or why it failed."""

    index: str
    missing: int = 0
    error: str = ""

    @property
    def is_complete(self) -> bool:
        return not (self.missing or self.error)


def rebuild_all(*, if_missing: bool = False) -> list[Outcome]:
    """
    Build every index anew, one after the other; one that fails does not keep the next from it.

    With `if_missing` those that are built already are left alone, and not in the result.
    """
    found = (_rebuilt(index, if_missing=if_missing) for index in indexes())
    return [outcome for outcome in found if outcome is not None]


def rebuilt_anew() -> bool:
    """Build every index anew; tell whether nothing is missing from any."""
    return all(outcome.is_complete for outcome in rebuild_all())


def _rebuilt(index: Index, *, if_missing: bool) -> Outcome | None:
    try:
        if if_missing and index.is_built():
            return None
        missing = rebuild(index)
    except Exception as error:
        log.exception("search_rebuild_failed", index=index.name)
        return Outcome(index.name, error=repr(error))
    if missing:
        log.warning("search_rebuild_incomplete", index=index.name, missing=missing)
    return Outcome(index.name, missing=missing)


def _read(
    sources: Iterable[Callable[[], Document]], unreadable: list[Exception]
) -> Iterator[Document]:
    """Yield the documents that can be read; what others failed with goes into `unreadable`."""
    for read in sources:
        try:
            yield read()
        except Exception as error:
            log.exception("search_entry_unreadable")
            unreadable.append(error)


def next_version() -> int:
    """Return a number greater than every number returned before, by any process."""
    if connection.vendor != "postgresql":
        return Sequence.objects.next_value(COUNTER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('search_version')")
        return int(cursor.fetchone()[0])
