"""Search in PostgreSQL: a vector of our own grams beside each entry, under a GIN index."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from search.backends.database import DatabaseIndex
from search.models import SearchEntry
from search.query import Phrase, Query


class PostgresIndex(DatabaseIndex):
    """Phrases of grams, asked with @@; grams hold letters, digits and ideographs only."""

    def keep_grams(self, entry_id: int, grams: Sequence[str]) -> None:
        vector = " ".join(f"'{gram}':{place}" for place, gram in enumerate(grams, start=1))
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE search_searchentry SET grams = %s::tsvector WHERE id = %s",
                [vector, entry_id],
            )

    def forget_grams(self, entries: QuerySet[SearchEntry]) -> None:
        """They are a column of the entries and go with them."""

    def matching(self, query: Query) -> QuerySet[SearchEntry]:
        holds = RawSQL(
            "search_searchentry.grams @@ %s::tsquery",
            [expression(query)],
            output_field=BooleanField(),
        )
        return SearchEntry.objects.filter(holds)

    def count_statement(self, query: Query) -> tuple[str, str]:
        statement = "SELECT count(*) FROM search_searchentry WHERE grams @@ %s::tsquery"
        return statement, expression(query)


def expression(query: Query) -> str:
    """Write a query in the language of tsquery."""
    terms = (" | ".join(_phrase(phrase) for phrase in term.phrases) for term in query.terms)
    return " & ".join(f"({term})" for term in terms)


def _phrase(phrase: Phrase) -> str:
    joined = " <-> ".join(f"'{gram}'" for gram in phrase.grams)
    return f"({joined}{':*' if phrase.is_prefix else ''})"
