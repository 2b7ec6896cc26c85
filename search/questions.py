"""What the address of a search asks for, read in one place for pages, feeds and alerts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.http import QueryDict

from search.facets import DATE, NAMES, REGION
from search.facets import KIND as FACET_KIND
from search.models import SearchEntry
from search.query import MAX_PAGE, Order, Query, parse

WORDS, KIND = "q", "in"
LONGEST_VALUE, MOST_VALUES = 40, 20


def query_of(asked: QueryDict, *, page: int = 1) -> Query:
    """Return the question of an address; what it cannot mean is left out."""
    kind = asked.get(KIND, "")
    query = parse(asked.get(WORDS, ""), kind if kind in SearchEntry.Kind.values else "", page)
    return replace(query, chosen=tuple(_chosen(asked)))


def _chosen(asked: QueryDict) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the values chosen of each facet; a place or a year gives way to a part of it."""
    for name in NAMES:
        values = [one for one in asked.getlist(name) if 0 < len(one) <= LONGEST_VALUE]
        if name in STEMS:
            values = [one for one in values if not _has_narrower(STEMS[name](one), one, values)]
        if values and name != FACET_KIND:
            yield name, tuple(dict.fromkeys(values[:MOST_VALUES]))


def _has_narrower(stem: str, value: str, values: Sequence[str]) -> bool:
    return any(other != value and other.startswith(stem) for other in values)


def _of_place(code: str) -> str:
    """Return what the codes of all places inside one begin with."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


STEMS: Mapping[str, Callable[[str], str]] = {REGION: _of_place, DATE: str}
"""What all values begin with that are part of a value, for the facets that have such."""


def newest_first(query: Query, page: int) -> Query:
    """Return the same question for a page of the newest hits."""
    return replace(query, page=page, order=Order.NEWEST)


def page_of(asked: QueryDict) -> int:
    """Return the page that was asked for, 1 for anything that is no page."""
    text = asked.get("page", "")
    is_page = text.isascii() and text.isdigit() and len(text) <= len(str(MAX_PAGE))
    return int(text) if is_page else 1
