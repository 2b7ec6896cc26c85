"""What the filters of lists ask: the keys of all that a text finds, for their own statement."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from marketplace.kernel import known
from search.answers import vocabulary
from search.backends import database_index
from search.backends.database import DatabaseIndex
from search.expression import matching, narrowed
from search.models import SearchEntry
from search.query import parse
from search.tally import with_kind
from search.understanding import Understanding


def keys_found(kind: str, text: str, /) -> Any | None:
    """
    Return the keys of the things of a kind that a text finds, to stand on the right side of an IN.

    None while there is no index of our own, or where the text holds nothing to look for.
    """
    index = cast("DatabaseIndex", database_index())
    query = replace(parse(text), kind=kind)
    if not query.terms or not known.once("index is built", read=index.is_built):
        return None
    typed = Understanding(query, index, vocabulary()).typed.query
    places = index.places(narrowed(matching(typed), with_kind(typed)))
    found = SearchEntry.objects.filter(kind=kind, place__in=places)
    return found.order_by().values("key")
