"""
How well a thing fits a question: the same for every index, whatever its own scores are.

A whole name or code before a title, that before what is said in a line, that before the text; of
each more where it fills more. What kind was asked for, where a thing stands and how old it is are
factors: they move it among its like, not over a better fit. Pure.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from search.analysis import RUN, compact, fold, sounds_of, token, without_broad
from search.facets import KIND, READER, STAFF, STATUS
from search.index import Document
from search.query import Alternative, Query, Term

EXACT, EXACT_IN_OTHER_WORDS = 12.0, 4.0
CODE, CODE_BEGINS = 15.0, 8.0
TITLE, TITLE_BEGINS, TITLE_FILLED = 6.0, 1.0, 4.0
SOUND = 5.0
KIND_ASKED = 4.5
FACT, FACT_WHOLE, FACT_FILLED = 2.5, 2.0, 1.0
TEXT, ABOUT, A_MENTION = 1.0, 1.0, 200
"""In a text, and by how much more where it is about it: once in so many characters is half."""
TOGETHER = 1.5
"""More for terms that stand in a title one after the other."""
ASKED_FOR = 1.6
FRESH, FRESH_DAYS = 0.12, 120
KINDS: Mapping[str, float] = {
    "item": 1.35,
    "class": 1.35,
    "agency": 1.25,
    "owner": 1.25,
    "approval": 1.1,
    "law": 0.95,
    "award": 0.9,
    "contract": 0.85,
    "rule": 0.9,
}
"""What kind is likelier meant where nothing says so; 1 for the others."""
CATALOGUE = ("item", "class", "approval")
"""What holds in every place, and is no likelier meant where one is named: what is there is."""
TIMELY = {"tender", "award", "contract", "sanction", "notice"}
"""What is likelier meant when it is new; the others are as good when they are old."""
STATES: Mapping[str, float] = {
    "open": 1.1,
    "unsuccessful": 0.92,
    "cancelled": 0.88,
    "over": 0.85,
    "repealed": 0.85,
}

FOR_STAFF = 0.6
"""What is written for those who work here is seldom what everybody asks for."""


@dataclass(frozen=True)
class Candidate:
    """A hit before it has its place; `tier` is where the index found it, 0 for a whole name."""

    document: Document
    tier: int

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What it is called, without separators."""
        return tuple(_plain(name) for name in (self.document.title, *self.document.aliases))

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """What is said of it in a line, without separators."""
        return tuple(_plain(fact) for fact in self.document.facts)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Its codes, without separators."""
        return tuple(compact(code) for code in self.document.codes)

    @cached_property
    def said(self) -> str:
        """All of these: of the many other words for a word most are not said at all."""
        return "\n".join((*self.titles, *self.facts, *self.codes))

    @cached_property
    def body(self) -> str:
        """Its text as it stands: to fold all texts would cost more than it tells."""
        return self.document.body.casefold()

    @cached_property
    def sounds(self) -> str:
        """How it sounds, each gram between blanks."""
        return f" {' '.join(sounds_of((self.document.title, *self.document.aliases)))} "


def ranked(query: Query, candidates: Iterable[Candidate]) -> list[Document]:
    """Return the documents, the best first; of equals the newer first."""
    rows = list(candidates)
    newest = max((row.document.sort_at for row in rows), default=None)
    rows.sort(key=lambda row: _place(query, row, newest))
    return [row.document for row in rows]


def _place(query: Query, row: Candidate, newest: datetime | None) -> tuple[float, float, str, str]:
    document = row.document
    worth = round(worth_of(query, row) * factor_of(query, document, newest), 6)
    return (-worth, -document.sort_at.timestamp(), document.kind, document.key)


def worth_of(query: Query, row: Candidate) -> float:
    """
    Return how well a candidate fits: the mean of its terms, more when they stand together.

    Where not all of them must be found, it is less for what holds few of them.
    """
    found = [term for term in query.terms if query.enough >= 1 or _holds(row, term)]
    weight = math.fsum(term.weight for term in query.terms)
    said = math.fsum(term.weight * _of_term(term, row) for term in found)
    share = math.sqrt(len(found) / len(query.terms)) if found else 0.0
    mean = said / weight * share if found else 0.0
    whole = _plain(query.text)
    together = len(query.terms) > 1 and any(whole in title for title in row.titles)
    exact = 0.0
    if row.tier == 0:
        exact = EXACT if _is_called(query.name, row) else EXACT_IN_OTHER_WORDS
    return mean + (TOGETHER if together else 0.0) + exact


def missing(query: Query, document: Document) -> list[str]:
    """Return the words of a question that a hit does not hold, where it need not hold all."""
    if query.enough >= 1:
        return []
    row = Candidate(document, len(query.terms))
    return [term.text for term in query.terms if not _holds(row, term)]


def _holds(row: Candidate, term: Term) -> bool:
    """Tell whether a term stands in a thing, or what it sounds like or is."""
    return any(_holds_alternative(row, one) for one in term.alternatives)


def _holds_alternative(row: Candidate, one: Alternative) -> bool:
    if any(phrase.is_mark for phrase in one.phrases):
        return max(_of_sound(one, row), _of_kind(one, row)) > 0
    pieces = one.text.split() if len(one.phrases) > 1 else [one.text]
    return all(_plain(piece) in row.said or _plain(piece) in row.body for piece in pieces)


def _is_called(name: str, row: Candidate) -> bool:
    return any(compact(one) == name for one in row.titles) or name in row.codes


def factor_of(query: Query, document: Document, newest: datetime | None) -> float:
    """Return by how much a thing is likelier meant: for its kind, state, age and readers."""
    asked = ASKED_FOR if document.kind in query.intents else 1.0
    state = math.prod(STATES.get(value, 1.0) for value in document.values_of(STATUS))
    days = (newest - document.sort_at).days if newest else 0
    fresh = 1 + FRESH * math.exp(-days / FRESH_DAYS) if document.kind in TIMELY else 1.0
    kind = 1.0 if query.has_place and document.kind in CATALOGUE else KINDS.get(document.kind, 1.0)
    reader = FOR_STAFF if STAFF in document.values_of(READER) else 1.0
    return asked * kind * state * fresh * reader


def _of_term(term: Term, row: Candidate) -> float:
    return max(one.worth * _of_alternative(one, row) for one in term.alternatives)


def _of_alternative(one: Alternative, row: Candidate) -> float:
    if any(phrase.is_mark for phrase in one.phrases):
        return max(_of_sound(one, row), _of_kind(one, row), TEXT)
    if len(one.phrases) > 1:
        pieces = [_of_text(piece, row) for piece in one.text.split()]
        return sum(pieces) / len(pieces)
    return _of_text(one.text, row)


def _of_text(words: str, row: Candidate) -> float:
    text = _plain(words)
    if text not in row.said:
        return TEXT + _of_body(text, row.body)
    title = max(_of_title(text, title) for title in row.titles)
    fact = max((_of_fact(text, fact) for fact in row.facts), default=0.0)
    code = max((_of_code(text, code) for code in row.codes), default=0.0)
    return max(title, fact, code) or TEXT + _of_body(text, row.body)


def _of_body(text: str, body: str) -> float:
    """Return how much a text is about something: by how often it says it, for its length."""
    times = body.count(text)
    return ABOUT * times / (times + len(body) / A_MENTION) if times else 0.0


def _of_title(text: str, title: str) -> float:
    if text not in title:
        return 0.0
    own = without_broad(title)
    begins = TITLE_BEGINS if title.startswith(text) or own.startswith(text) else 0.0
    return TITLE + begins + TITLE_FILLED * min(len(text) / len(own), 1.0)


def _of_fact(text: str, fact: str) -> float:
    if text not in fact:
        return 0.0
    whole = FACT_WHOLE if text == fact else 0.0
    return FACT + whole + FACT_FILLED * len(text) / len(fact)


def _of_code(text: str, code: str) -> float:
    if text == code:
        return CODE
    return CODE_BEGINS if code.startswith(text) else 0.0


def _of_sound(one: Alternative, row: Candidate) -> float:
    """Return how well it sounds like one: what begins so, and what is short, is likelier meant."""
    found = 0.0
    for phrase in one.phrases:
        said = f" {' '.join(phrase.grams)}" + ("" if phrase.is_prefix else " ")
        at = row.sounds.find(said)
        if at >= 0:
            begins = TITLE_BEGINS if at == 0 else 0.0
            filled = TITLE_FILLED * len(phrase.grams) / max(len(row.titles[0]), 1)
            found = max(found, SOUND + begins + filled)
    return found


def _of_kind(one: Alternative, row: Candidate) -> float:
    own = token(KIND, row.document.kind)
    return KIND_ASKED if any(own in phrase.grams for phrase in one.phrases) else 0.0


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return "".join(RUN.findall(fold(text)))
