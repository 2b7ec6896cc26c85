"""Search in SQLite: an FTS5 table in the same file, written in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from search.backends.database import DatabaseIndex
from search.models import SearchEntry
from search.query import Phrase, Query


class SqliteIndex(DatabaseIndex):
    """Phrases of grams, asked with MATCH."""

    def keep_grams(self, entry_id: int, grams: Sequence[str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_grams WHERE rowid = %s", [entry_id])
            if grams:
                cursor.execute(
                    "INSERT INTO search_grams (rowid, grams) VALUES (%s, %s)",
                    [entry_id, " ".join(grams)],
                )

    def forget_grams(self, entries: QuerySet[SearchEntry]) -> None:
        with connection.cursor() as cursor:
            for entry_id in entries.values_list("pk", flat=True):
                cursor.execute("DELETE FROM search_grams WHERE rowid = %s", [entry_id])

    def matching(self, query: Query) -> QuerySet[SearchEntry]:
        rows = RawSQL(
            "SELECT rowid FROM search_grams WHERE search_grams MATCH %s", [expression(query)]
        )
        return SearchEntry.objects.filter(pk__in=rows)

    def count_statement(self, query: Query) -> tuple[str, str]:
        statement = "SELECT count(*) FROM search_grams WHERE search_grams MATCH %s"
        return statement, expression(query)


def expression(query: Query) -> str:
    """Write a query in the language of MATCH; grams hold letters, digits and ideographs only."""
    terms = (" OR ".join(_phrase(phrase) for phrase in term.phrases) for term in query.terms)
    return " AND ".join(f"({term})" for term in terms)


def _phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.grams)}"{"*" if phrase.is_prefix else ""}'
