"""Ask the indexes one after the other, until one answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

import structlog

from marketplace.kernel import known
from marketplace.models.divisions import place_names
from search.analysis import fold
from search.backends import indexes
from search.backends.database import DatabaseIndex
from search.index import Document, Found, Index, IndexUnavailable
from search.models import SearchEntry, SynonymGroup
from search.query import Query, alternatives
from search.short_forms import can_be_short
from search.understanding import TEXTS, Reading, Understanding, Understood
from search.vocabulary import Vocabulary, standard

log = structlog.get_logger(__name__)

SHORT = 2
FEW = 3
"""So few hits of words apart are hardly all that is meant."""
PUT_RIGHT = (Reading.CORRECTED, Reading.SHORT)
"""The readings in other words than what was typed."""


@dataclass(frozen=True)
class Answer:
    """
    What was found: a page of hits, the one thing whose code was typed, and what is near.

    `query` is what was answered, which may be another than what was `asked`: `reading` says how it
    was read, `correction` in what words when they are not those that were typed, and `left_out`
    which of them were not looked for.
    `nearest` is a query that has hits, `nearest_count` of them, when nothing at all was found.
    `in_passing` counts what the question finds as it was typed, but only in passing, where another
    reading has answered. With `is_degraded` a reserve has answered.
    """

    query: Query
    found: Found
    exact: Document | None = None
    nearest: Query | None = None
    nearest_count: int = 0
    is_degraded: bool = False
    reading: Reading = Reading.TYPED
    correction: str = ""
    left_out: tuple[str, ...] = ()
    in_passing: int = 0

    @property
    def facets(self) -> Mapping[str, Mapping[str, int]]:
        """How many hits have each value of each facet, under everything else that was chosen."""
        return self.found.facets

    @property
    def is_partly(self) -> bool:
        """Tell whether a hit need not hold all words."""
        return self.reading is Reading.MOST

    @property
    def total(self) -> int:
        """The number of hits of the asked kind."""
        kind = self.query.kind
        return self.found.counts.get(kind, 0) if kind else self.found.total


def answer(query: Query) -> Answer:
    """
    Return what the first index that answers has found.

    Raises:
        IndexUnavailable: none does.
    """
    for position, index in enumerate(indexes()):
        try:
            return _asked(index, query, is_reserve=position > 0)
        except IndexUnavailable as error:
            log.warning("search_index_unavailable", index=index.name, error=str(error))
    raise IndexUnavailable("none answers")


def _asked(index: Index, query: Query, *, is_reserve: bool) -> Answer:
    if is_reserve and not index.is_built():
        raise IndexUnavailable("not built")
    if not query.terms:
        return Answer(query, Found([], {}), is_degraded=is_reserve)
    read = readings(index, query)
    answers = (_given(one, index.find(one.query), query, is_reserve=is_reserve) for one in read)
    typed = next(answers)
    found = (one for one in chain([typed], answers) if one.found.total)
    first = next(found, None)
    if first is None:
        nearest, count = _nearest(index, query)
        return replace(typed, nearest=nearest, nearest_count=count)
    is_of_the_trade = {one.text for one in first.query.terms} <= vocabulary().synonyms.keys()
    if first.reading is Reading.SPLIT and first.total < FEW and not is_of_the_trade:
        most = next((one for one in found if one.is_partly), first)
        return most if most.total > first.total else first
    if _is_in_passing(index, first):
        others = (one for one in found if not (is_of_the_trade and one.is_partly))
        better = next((one for one in others if not _is_in_passing(index, one)), None)
    elif _is_across_words(first):
        better = next((one for one in found if one.reading is Reading.SHORT), None)
    else:
        return first
    return replace(better, in_passing=typed.found.total) if better else first


def _is_in_passing(index: Index, given: Answer) -> bool:
    """
    Tell whether only texts say it, and none is called so: there may be a thing that is.

    A law says everything somewhere; any other text says it in passing where it has the words apart.
    """
    said_in = {SearchEntry.Kind.LAW} if len(given.query.terms) == 1 else set(TEXTS)
    return given.found.counts.keys() <= said_in and not index.sample([given.query], 1)


def _is_across_words(given: Answer) -> bool:
    """
    Tell whether a few characters that are no word stand only in texts, maybe across two words.

    They may be the short form of something.
    """
    if given.reading is not Reading.TYPED or not can_be_short(given.query.text):
        return False
    said = [one.text for term in given.query.terms for one in term.alternatives]
    lines = [line for hit in given.found.hits for line in (hit.title, *hit.aliases, *hit.facts)]
    is_said = any(one in fold(line) for line in lines for one in said)
    return not is_said and not vocabulary().knows(given.query.text)


def readings(index: Index, query: Query) -> Iterator[Understood]:
    """Yield how a question can be read: as it was typed, then the nearest other ways first."""
    is_alone = len(query.terms) == 1  # beside others it matters which word is a place
    yield Understanding(query, index, vocabulary() if is_alone else with_places()).typed
    yield from Understanding(query, index, with_places()).others()


def understood(index: DatabaseIndex, query: Query) -> Understood:
    """
    Return the first reading that finds anything of every word; as it was typed where none does.

    The search page may leave words out, and says so. A filter or an alert that did would give what
    nobody asked for.
    """
    read = readings(index, query)
    typed = next(read)
    whole = (one for one in chain([typed], read) if one.is_whole)
    return next((one for one in whole if index.holds(one.query)), typed)


def _given(read: Understood, found: Found, asked: Query, *, is_reserve: bool) -> Answer:
    if read.reading is Reading.TYPED:
        exact = _exact(found, asked) if asked.page == 1 else None
        return Answer(read.query, found, exact, is_degraded=is_reserve)
    said = read.query.text if read.reading in PUT_RIGHT else ""
    return Answer(
        read.query,
        found,
        is_degraded=is_reserve,
        reading=read.reading,
        correction=said if said != asked.text else "",
        left_out=read.left_out,
    )


def vocabulary() -> Vocabulary:
    """Return the words of the file and those that the managers have added, as of this request."""
    return _with_groups(_groups())


def with_places() -> Vocabulary:
    """Return the vocabulary with the names of areas, in full and as people shorten them."""
    return _with_names(_groups(), known.once("names of areas", read=_names))


def _groups() -> tuple[str, ...]:
    return known.once("groups of managers", read=_read_groups)


def _read_groups() -> tuple[str, ...]:
    current = SynonymGroup.objects.filter(is_current=True)
    return tuple(current.order_by("key").values_list("words", flat=True))


def _names() -> frozenset[str]:
    names = place_names()
    own = {name.removeprefix(names.get(f"{code[:4]}00", "")) for code, name in names.items()}
    full = {*names.values(), *own} - {""}
    return frozenset(full | {name[:-1] for name in full if len(name) > SHORT})


# What is made of the same words is made once, whatever else that is public has changed since.


@lru_cache(maxsize=4)
def _with_groups(groups: tuple[str, ...]) -> Vocabulary:
    return standard().with_groups(words.splitlines() for words in groups)


@lru_cache(maxsize=4)
def _with_names(groups: tuple[str, ...], names: frozenset[str]) -> Vocabulary:
    return _with_groups(groups).with_places(names)


def _exact(found: Found, query: Query) -> Document | None:
    """Return the one thing whose code was typed; None when no code was, or several have it."""
    if not query.code:
        return None
    exact = [hit for hit in found.hits if hit.has_code(query.code)]
    return exact[0] if len(exact) == 1 else None


def _nearest(index: Index, query: Query) -> tuple[Query | None, int]:
    """Return the alternative with hits: of one term the longest, of several the most found."""
    near = alternatives(query, with_places().meaning)
    counted = [
        (count, other) for count, other in zip(index.count(near), near, strict=True) if count
    ]
    if not counted:
        return None, 0
    if len(query.terms) > 1:
        counted.sort(key=lambda pair: pair[0], reverse=True)
    count, nearest = counted[0]
    return nearest, count
