"""Which index this installation uses, chosen by SEARCH_URL and by the database."""

from __future__ import annotations

from functools import cache

from django.db import connection

from search.backends.sqlite import SqliteIndex
from search.index import Index

BY_VENDOR = {"sqlite": SqliteIndex}


@cache
def database_index() -> Index:
    """Return the index in our own database; it is always kept, also as a reserve."""
    return BY_VENDOR[connection.vendor]()


def indexes() -> list[Index]:
    """Return every index that is kept, the one that answers first."""
    return [database_index()]
