"""
What may be meant while somebody is still typing.

Items, classes, places, names, codes, what others ask often; also by their syllables in letters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from urllib.parse import urlencode

import structlog
from django.urls import reverse

from marketplace.kernel import known
from marketplace.models import Division, ServiceClass, ServiceItem
from search.analysis import RUN, compact, fold, is_ideographic, syllables
from search.backends import indexes
from search.index import Document, IndexUnavailable
from search.models import SearchEntry, SuggestionKind
from search.query import MIN_LETTERS, Query, by_sound, parse

log = structlog.get_logger(__name__)

MOST = 8
OF_EACH = 3
OFTEN = 2
LEAST = 1
LOOKED_AT = 20
NAMED = (SearchEntry.Kind.AGENCY, SearchEntry.Kind.TENDER, SearchEntry.Kind.OWNER)


@dataclass(frozen=True)
class Suggestion:
    """Something that may be meant: what it is called, what it is, and its page."""

    label: str
    kind: str
    url: str


@dataclass(frozen=True)
class _Known:
    suggestion: Suggestion
    folded: str
    sounds: tuple[str, ...]


def suggest(text: str, often: Sequence[str] = ()) -> list[Suggestion]:
    """
    Return what may be meant by `text`, at most `MOST`; what begins with it goes first.

    The catalogue and the places are in memory at the version of what is public; names and codes
    come from the first index that answers, or are left out: nobody waits for a suggestion. `often`
    is what others ask, the most asked first.
    """
    folded = compact(text)
    if len(folded) < LEAST:
        return []
    lists = (_matching(read(), folded) for read in (_items, _classes, _places))
    of_each = [list(islice(found, OF_EACH)) for found in lists]
    of_each.append(_asked_often(often, folded, {one.label for found in of_each for one in found}))
    room = MOST - sum(map(len, of_each))
    found = [*chain.from_iterable(of_each), *_named(text, max(room, OF_EACH))]
    return list(dict.fromkeys(found))[:MOST]


def _matching(rows: Sequence[_Known], folded: str) -> Iterable[Suggestion]:
    begins = (row.suggestion for row in rows if row.folded.startswith(folded))
    holds = (row.suggestion for row in rows if folded in row.folded[1:])
    sounds = (row.suggestion for row in rows if _sounds_so(row.sounds, folded))
    return dict.fromkeys(chain(begins, holds, sounds))


def _sounds_so(sounds: Iterable[str], folded: str) -> bool:
    is_of_letters = len(folded) >= MIN_LETTERS and folded.isascii() and folded.isalpha()
    return is_of_letters and any(sound.startswith(folded) for sound in sounds)


def _sounds_of(name: str) -> tuple[str, ...]:
    """Return how a name sounds from each of its characters on, whole and by first letters."""
    spoken = [
        one
        for run in RUN.findall(fold(name))
        for one in (syllables(run) if is_ideographic(run) else (run,))
    ]
    letters = "".join(one[0] for one in spoken)
    wholes = ("".join(spoken[n:]) for n in range(len(spoken)))
    return (*wholes, *(letters[n:] for n in range(len(letters))))


def _asked_often(often: Iterable[str], folded: str, named: Collection[str]) -> list[Suggestion]:
    """Return what others ask that begins so or sounds so, unless it is suggested already."""
    rows = (
        _made(word, SuggestionKind.POPULAR, _list("search:search", {"q": word}))
        for word in often
        if word not in named and compact(word) != folded
    )
    found = (
        row.suggestion
        for row in rows
        if row.folded.startswith(folded) or _sounds_so(row.sounds, folded)
    )
    return list(islice(found, OFTEN))


def _items() -> Sequence[_Known]:
    return known.once("suggested items", read=_read_items)


def _read_items() -> Sequence[_Known]:
    rows = ServiceItem.objects.published().order_by("code").values_list("name", "code")
    return [
        _made(name, SuggestionKind.ITEM, reverse("bidding:item", args=[code]), f"{name}{code}")
        for name, code in rows
    ]


def _classes() -> Sequence[_Known]:
    return known.once("suggested classes", read=_read_classes)


def _read_classes() -> Sequence[_Known]:
    rows = ServiceClass.objects.order_by("position").values_list("name", "code")
    return [
        _made(name, SuggestionKind.CLASS, _list("bidding:tender_list", {"class": code}))
        for name, code in rows
    ]


def _places() -> Sequence[_Known]:
    return known.once("suggested places", read=_read_places)


def _read_places() -> Sequence[_Known]:
    rows = Division.objects.filter(level=Division.Level.CITY).values_list("name", "code")
    return [
        _made(name, SuggestionKind.PLACE, _list("bidding:tender_list", {"city": code}))
        for name, code in rows.order_by("code")
    ]


def _list(view: str, asked: dict[str, str]) -> str:
    return f"{reverse(view)}?{urlencode(asked)}"


def _made(name: str, kind: SuggestionKind, url: str, looked_in: str = "") -> _Known:
    folded = compact(looked_in or name)
    return _Known(Suggestion(name, str(kind.label), url), folded, _sounds_of(name))


def _named(text: str, most: int) -> list[Suggestion]:
    query = parse(text)
    if not query.terms:
        return []
    for index in indexes():
        try:
            hits = index.sample(_readings(query), LOOKED_AT)
        except IndexUnavailable as error:
            log.warning("search_index_unavailable", index=index.name, error=str(error))
            continue
        return [_of(hit) for hit in hits if _is_called(hit, text)][:most]
    return []


def _readings(query: Query) -> list[Query]:
    """Return the question as it is, and as syllables where it is of letters."""
    spoken = query.with_terms(by_sound(term) or term for term in query.terms)
    return list(dict.fromkeys((query, spoken)))


def _is_called(hit: Document, text: str) -> bool:
    """Tell whether a hit is called so, or has such a code; what its text holds is no matter."""
    if hit.kind not in NAMED:
        return False
    folded = compact(text)
    names = [compact(hit.title), *map(compact, hit.codes)]
    return any(folded in name for name in names) or _sounds_so(_sounds_of(hit.title), folded)


def _of(hit: Document) -> Suggestion:
    return Suggestion(hit.title, str(SearchEntry.Kind(hit.kind).label), hit.url)
