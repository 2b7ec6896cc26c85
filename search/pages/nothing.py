"""What helps on where nothing was found: only what has hits, and no word for its own sake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import structlog
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from search.backends import indexes
from search.facets import REGION
from search.index import IndexUnavailable
from search.pages.narrowing import PROVINCE_ENDS, address, city_of, label_of
from search.query import Chosen, Query
from search.suggestions import Suggestion, suggest

log = structlog.get_logger(__name__)
FEW = 5
SHORTEST = 2
Text = str | Promise


@dataclass(frozen=True)
class WayOn:
    """Another search that has hits: what it gives up, its address and how many there are."""

    label: Text
    url: str
    count: int


def wider(query: Query, asked: QueryDict) -> list[WayOn]:
    """
    Return what finds something when less is chosen: a wider place, or one facet given up.

    All are counted in one round trip; those without hits are not named.
    """
    ways = [*_wider(query, asked)] if query.terms else []
    if not ways:
        return []
    counts = _counts([other for other, _label, _url in ways])
    return [
        WayOn(label, url, count)
        for (_other, label, url), count in zip(ways, counts, strict=True)
        if count
    ]


def _wider(query: Query, asked: QueryDict) -> Iterator[tuple[Query, Text, str]]:
    if query.kind:
        url = address(asked, **{"in": []})
        yield replace(query, kind=""), _("全部类别"), url
    if query.kind and query.chosen:
        nothing: dict[str, list[str]] = {"in": [], **{name: [] for name, _values in query.chosen}}
        yield replace(query, kind="", chosen=()), _("不限任何条件"), address(asked, **nothing)
    for name, values in query.chosen:
        rest = tuple(one for one in query.chosen if one[0] != name)
        if name == REGION:
            yield from _wider_places(query, asked, rest, values)
        label = "、".join(str(label_of(name, value)) for value in values)
        url = address(asked, **{name: []})
        yield replace(query, chosen=rest), _("不限“%(label)s”") % {"label": label}, url


def _wider_places(
    query: Query, asked: QueryDict, rest: Chosen, values: Sequence[str]
) -> Iterator[tuple[Query, Text, str]]:
    """Yield the cities around the counties that were chosen."""
    cities = tuple(dict.fromkeys(city_of(code) for code in values))
    if cities == tuple(values) or any(code.endswith(PROVINCE_ENDS) for code in cities):
        return
    label = "、".join(str(label_of(REGION, code)) for code in cities)
    chosen = (*rest, (REGION, cities))
    yield replace(query, chosen=chosen), label, address(asked, region=cities)


def _counts(queries: Sequence[Query]) -> list[int]:
    for index in indexes():
        try:
            return index.count(queries)
        except IndexUnavailable as error:
            log.warning("search_index_unavailable", index=index.name, error=str(error))
    return [0] * len(queries)


def similar(text: str) -> list[Suggestion]:
    """Return items, classes and places that are called so, or of which a word is called so."""
    words = text.split()
    found = [one for word in words if len(word) >= SHORTEST for one in suggest(word)]
    return list(dict.fromkeys(found))[:FEW]
