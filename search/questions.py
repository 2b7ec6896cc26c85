"""What the address of a search asks for, read in one place for pages, feeds and alerts."""

from __future__ import annotations

from dataclasses import replace

from django.http import QueryDict

from search.models import SearchEntry
from search.query import MAX_PAGE, Order, Query, parse

WORDS, KIND = "q", "in"


def query_of(asked: QueryDict, *, page: int = 1) -> Query:
    """Return the question of an address; what it cannot mean is left out."""
    kind = asked.get(KIND, "")
    return parse(asked.get(WORDS, ""), kind if kind in SearchEntry.Kind.values else "", page)


def newest_first(query: Query, page: int) -> Query:
    """Return the same question for a page of the newest hits."""
    return replace(query, page=page, order=Order.NEWEST)


def page_of(asked: QueryDict) -> int:
    """Return the page that was asked for, 1 for anything that is no page."""
    text = asked.get("page", "")
    is_page = text.isascii() and text.isdigit() and len(text) <= len(str(MAX_PAGE))
    return int(text) if is_page else 1
