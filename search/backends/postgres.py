"""Search in PostgreSQL: a vector of our own grams beside each entry, under a GIN index."""

from __future__ import annotations

from django.db import connection
from django.db.models.expressions import RawSQL

from search.backends.database import DatabaseIndex, Grams
from search.expression import BODY, FACTS, MARKS, TITLE, Every, Expression, Some, Where, Without

LABELS = {TITLE: "A", FACTS: "B", MARKS: "D", BODY: "C"}
"""
A vector has one list of places and four labels: the fields. The text comes last, because places
after the 16,383rd are one place to PostgreSQL.
"""
HOLDS = "FROM search_searchentry WHERE grams @@ %s::tsquery"


class PostgresIndex(DatabaseIndex):
    """Phrases of grams, asked with @@; grams hold letters, digits and ideographs only."""

    def keep_grams(self, old: int | None, place: int, grams: Grams) -> None:  # noqa: ARG002 - its row
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE search_searchentry SET grams = %s::tsvector WHERE place = %s",
                [vector(grams) if grams else "", place],
            )

    def forget_grams(self) -> None:
        """
        They are a column of the entries and go with them; those that are left are counted.

        Else the plans after a rebuild are for as few entries as there were before it, and read the
        table from end to end for each hit.
        """
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_searchentry")

    def first(self, expression: Expression, most: int) -> tuple[str, str]:
        return f"SELECT place {HOLDS} ORDER BY place DESC LIMIT {most:d}", written(expression)

    def places(self, expression: Expression) -> RawSQL:
        return RawSQL(f"SELECT place {HOLDS}", [written(expression)])  # noqa: S611 - it is bound

    def count_statement(self, expression: Expression) -> tuple[str, str]:
        return f"SELECT count(*) {HOLDS}", written(expression)


def vector(grams: Grams) -> str:
    """Write the grams of a thing as a vector, each with its place and the label of its field."""
    labelled = ((gram, label) for field, label in LABELS.items() for gram in grams[field])
    return " ".join(
        f"'{gram}':{place}{label}" for place, (gram, label) in enumerate(labelled, start=1)
    )


def written(expression: Expression) -> str:
    """Write an expression in the language of tsquery."""
    match expression:
        case Where(phrase, fields):
            labels = "".join(LABELS[field] for field in fields)
            *first, last = phrase.grams
            goes_on = "*" if phrase.is_prefix else ""
            grams = [*(f"'{gram}':{labels}" for gram in first), f"'{last}':{goes_on}{labels}"]
            return f"({' <-> '.join(grams)})"
        case Every(parts):
            return f"({' & '.join(map(written, parts))})"
        case Some(parts):
            return f"({' | '.join(map(written, parts))})"
        case Without(found, other):
            return f"({written(found)} & !{written(other)})"
