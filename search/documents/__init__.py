"""
What of our rows is public and may be found.

Here alone it is decided what may be seen: a document is made of a row that its source calls public,
and of what everybody can read on its page. No draft, no amount of a bid, and of who bid the winner.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from search.documents import catalogue, orders, parties, texts
from search.documents.base import Read
from search.index import Document

SOURCES = (*orders.SOURCES, *parties.SOURCES, *catalogue.SOURCES, *texts.SOURCES)


def find(kind: str, key: str, at: datetime) -> Document | None:
    """Return the document of one thing as it is at `at`; None when there is nothing public."""
    found = (source.one(key, at) for source in SOURCES if source.kind == kind)
    return next(filter(None, found), None)


def sources(at: datetime) -> Iterator[Read]:
    """Yield for every public thing what reads its document; the rows come little by little."""
    return chain.from_iterable(source.all(at) for source in SOURCES)
