"""
Keep the indexes true: one entry after each commit, and all of them in a rebuild.

A version is taken before the rows are read, and an index refuses a version older than the one it
has. So whoever took the greatest version read last, and read every change whose own effect took a
smaller one: the order in which workers finish does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.db import connection

from marketplace.hooks import external
from marketplace.models import Sequence
from marketplace.tasks import enqueue
from search import documents
from search.backends import indexes
from search.index import Index

ALWAYS_DUE = datetime(1970, 1, 1, tzinfo=UTC)
COUNTER = "search/version"


def enqueue_index(kind: str, key: str) -> None:
    """Store, in this transaction, that one thing has changed; one effect for each index."""
    for index in indexes():
        enqueue(
            kind="index",
            key=f"{index.name}:{kind}:{key}:{uuid4().hex}",
            payload={"index": index.name, "kind": kind, "key": key},
            due_at=ALWAYS_DUE,
        )


@external
def index_entry(payload: Mapping[str, Any]) -> None:
    """Bring the entry of one thing up to date; an index that is no longer kept is left alone."""
    for index in indexes():
        if index.name == payload["index"]:
            _bring_up_to_date(index, payload["kind"], payload["key"])


def _bring_up_to_date(index: Index, kind: str, key: str) -> None:
    version = next_version()
    document = documents.find(kind, key)
    if document is None:
        index.remove(kind, key, version)
    else:
        index.put([document], version)


def rebuild(index: Index) -> None:
    """Build one index anew from what is public now; nothing written meanwhile is lost."""
    version = next_version()
    index.rebuild(documents.everything(), version)


def next_version() -> int:
    """Return a number greater than every number returned before, by any process."""
    if connection.vendor != "postgresql":
        return Sequence.objects.next_value(COUNTER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('search_version')")
        return int(cursor.fetchone()[0])
