"""Which indexes this installation keeps, chosen by its database and by SEARCH_URL."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from search.backends.database import DatabaseIndex
from search.backends.postgres import PostgresIndex
from search.backends.sqlite import SqliteIndex
from search.index import Index

BY_VENDOR: dict[str, type[DatabaseIndex]] = {"sqlite": SqliteIndex, "postgresql": PostgresIndex}


def database_index() -> DatabaseIndex:
    """Return the index in our own database; it is always kept, and answers when no other does."""
    return BY_VENDOR[connection.vendor]()


@cache
def elasticsearch_index(url: str) -> Index:
    """
    Return the index behind `url`, with one set of connections per process.

    The client is large, so it is loaded only where it is used.
    """
    index: Index = import_string("search.backends.elastic.ElasticsearchIndex")(url)
    return index


def indexes() -> list[Index]:
    """Return every index that is kept, the one that answers first."""
    if settings.SEARCH_URL:
        return [elasticsearch_index(settings.SEARCH_URL), database_index()]
    return [database_index()]
