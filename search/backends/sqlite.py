"""Search in SQLite: an FTS5 table in the same file, written in the same transaction."""

from __future__ import annotations

from django.db import connection
from django.db.models.expressions import RawSQL

from search.backends.database import DatabaseIndex, Grams
from search.expression import FIELDS, Every, Expression, Some, Where, Without

INSERT = """
INSERT OR REPLACE INTO search_grams (rowid, title, facts, body, marks) VALUES (%s, %s, %s, %s, %s)
"""
FORGET = "DELETE FROM search_grams WHERE rowid NOT IN (SELECT place FROM search_searchentry)"
MATCH = "SELECT rowid AS place FROM search_grams WHERE search_grams MATCH %s"


class SqliteIndex(DatabaseIndex):
    """
    Phrases of grams, asked with MATCH.

    The place of an entry is its row in the table of grams. So what is found comes in the order of
    places by itself, and the first of very many are had without looking at the others.

    Django does not know that table: `manage.py flush` leaves grams of entries that are gone, and
    whoever comes to their place takes it over, and a rebuild forgets the rest.
    """

    # both columns stand in this index; left alone it would look at each entry as well
    with_facets = "search_searchentry INDEXED BY entry_facets"

    def keep_grams(self, old: int | None, place: int, grams: Grams) -> None:
        with connection.cursor() as cursor:
            if old is not None:
                cursor.execute("DELETE FROM search_grams WHERE rowid = %s", [old])
            if grams:
                texts = (" ".join(grams[field]) for field in FIELDS)
                cursor.execute(INSERT, [place, *texts])

    def forget_grams(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(FORGET)

    def first(self, expression: Expression, most: int) -> tuple[str, str]:
        return f"{MATCH} ORDER BY rowid DESC LIMIT {most:d}", written(expression)

    def places(self, expression: Expression) -> RawSQL:
        return RawSQL(MATCH, [written(expression)])  # noqa: S611 - its one parameter is bound

    def count_statement(self, expression: Expression) -> tuple[str, str]:
        statement = "SELECT count(*) FROM search_grams WHERE search_grams MATCH %s"
        return statement, written(expression)


def written(expression: Expression) -> str:
    """Write an expression in the language of MATCH; grams hold letters, digits, ideographs only."""
    match expression:
        case Where(phrase, fields):
            goes_on = " *" if phrase.is_prefix else ""
            return f'{{{" ".join(fields)}}} : "{" ".join(phrase.grams)}"{goes_on}'
        case Every(parts):
            return f"({' AND '.join(map(written, parts))})"
        case Some(parts):
            return f"({' OR '.join(map(written, parts))})"
        case Without(found, other):
            return f"({written(found)} NOT {written(other)})"
