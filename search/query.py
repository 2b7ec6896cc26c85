"""
What somebody typed, as a value that every index answers alike.

A query is terms that must all be found; a term is found where any of its alternatives is, and that
where each of its phrases is found. Pure.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from marketplace.kernel.laws import NUMERAL, article_named
from search.analysis import (
    IDEOGRAPH,
    INITIAL,
    MAX_GRAM_LENGTH,
    RUN,
    SOUND,
    compact,
    fold,
    grams_of_run,
    is_ideographic,
    near_spellings,
    pairs,
    spellings,
    syllables,
    token,
)
from search.facets import KIND

MAX_LENGTH = 80
MAX_TERMS = 8
MAX_PAGE = 500
PAGE_SIZE = 20
MAX_ALTERNATIVES = 10
MIN_CODE_LENGTH = 3
MIN_PIECE, MIN_WORD = 3, 2
MIN_LETTERS = 2
SAME, ALIKE, APART, BY_SOUND, BY_LETTERS, OF_KIND, IN_EVERY_PLACE = (
    1.0,
    0.9,
    0.8,
    0.6,
    0.4,
    1.0,
    0.1,
)
"""
What an alternative is worth: as typed, in other words, in pieces, by its sound, by first letters,
by its kind; a place, by what holds in every place.
"""
LESS_ALIKE, BROADER = 0.03, 0.2
"""By how much less each further of some other words is worth, and one that says less."""

QUOTED = re.compile(
    r"[\"\u201c\u201d\u300c\u300d]([^\"\u201c\u201d\u300c\u300d]+)[\"\u201c\u201d\u300c\u300d]"
)
ARTICLE = re.compile(
    rf"(?:\u7b2c\s*([0-9]{{1,4}}|{NUMERAL})|(?<=[\u6cd5\u4f8b\u5b9a\u5219\u5178])\s*([0-9]{{1,4}}))"
    r"\s*\u6761(?!\u4ef6)"
)
"""An article: after the sign for an ordinal, or by its number alone behind the name of a law."""
EITHER = re.compile(r"(?<!\S)(?:OR|\|\|?|\u6216|\u6216\u8005)(?!\S)")
BETWEEN_TERMS = re.compile(r"[\s,;!?|=<>\"'\u201c\u201d\u300c\u300d\u3001\u3002\u2026]+")
CODE = re.compile(r"[0-9a-z\s./_-]+")
BOTH = " / "
"""Stands between the texts of two terms of which either is enough."""
HELD, OR = "\ue000", "\ue001"
"""Stand in what is being read for a blank between quotes, and for an OR."""

Chosen = tuple[tuple[str, tuple[str, ...]], ...]
"""The values that were chosen of facets, by the names of these."""


class Order(StrEnum):
    """How hits are sorted."""

    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True)
class Phrase:
    """
    Grams that follow each other; with `is_prefix` the last one may go on.

    With `is_mark` they are no text but how a name sounds, or what a thing is.
    """

    grams: tuple[str, ...]
    is_prefix: bool = False
    is_mark: bool = False


@dataclass(frozen=True)
class Alternative:
    """One way to find a term: every phrase stands in a thing; `worth` is at most 1."""

    text: str
    phrases: tuple[Phrase, ...]
    worth: float = SAME


@dataclass(frozen=True)
class Term:
    """
    One word of a query: found where any of its alternatives is found.

    Where not all of a query's terms need be found, `weight` is how much it says beside the others,
    and one that `is_needed` must be found all the same.
    """

    text: str
    alternatives: tuple[Alternative, ...]
    is_quoted: bool = False
    weight: float = 1.0
    is_needed: bool = False


@dataclass(frozen=True)
class Query:
    """
    Terms that must be found; `kind` narrows the hits, not the counts.

    All of them must, or, where `enough` is less than 1, some that have so much of their weight.

    `code` is what was typed if that may be a code, without its separators; else empty. `intents`
    are the kinds that words of it ask for; `has_place` says that one names a place. `chosen` holds
    the values chosen of each facet: of one facet any, of several facets each must hold.
    """

    terms: tuple[Term, ...]
    kind: str = ""
    page: int = 1
    code: str = ""
    order: Order = Order.BEST
    chosen: Chosen = ()
    intents: tuple[str, ...] = ()
    has_place: bool = False
    enough: float = 1.0

    @property
    def ways(self) -> list[tuple[Term, ...]]:
        """The fewest terms that are enough, in each way in which they can be."""
        if self.enough >= 1:
            return [self.terms]
        least = self.enough * math.fsum(term.weight for term in self.terms)
        needed = {term for term in self.terms if term.is_needed}
        found: list[tuple[Term, ...]] = []
        for size in range(1, len(self.terms) + 1):
            found += [
                some
                for some in combinations(self.terms, size)
                if math.fsum(term.weight for term in some) >= least
                and needed <= set(some)
                and not any(set(way) <= set(some) for way in found)
            ]
        return found

    @property
    def text(self) -> str:
        """What is looked for, as it was understood."""
        return " ".join(term.text for term in self.terms)

    @property
    def name(self) -> str:
        """What was typed, as whole names and codes are compared."""
        return compact(self.text)

    @property
    def offset(self) -> int:
        """How many hits stand before this page."""
        return (self.page - 1) * PAGE_SIZE

    @property
    def as_it_stands(self) -> str:
        """What was typed with every term between quotes: nothing of it is put right."""
        return " ".join('"{}"'.format(term.text.replace(BOTH, '" OR "')) for term in self.terms)

    def with_terms(self, terms: Iterable[Term]) -> Query:
        """Return the query for other terms."""
        return replace(self, terms=tuple(dict.fromkeys(terms)))


def parse(text: str, kind: str = "", page: int = 1) -> Query:
    """
    Read what somebody typed: its first `MAX_LENGTH` characters and `MAX_TERMS` terms.

    What stands between quotes is one term as it stands; either of two terms between which an OR
    stands is enough. A single letter or digit is no term beside which there is none.
    """
    cut = text[:MAX_LENGTH]
    held = QUOTED.sub(_held, EITHER.sub(OR, cut))
    terms = _joined(_read(_with_articles(fold(held))))[:MAX_TERMS]
    folded = fold(cut)
    return Query(tuple(terms), kind, min(max(page, 1), MAX_PAGE), _code(folded))


def _held(quoted: re.Match[str]) -> str:
    inside = "".join(f"{HELD}{part}" for part in quoted[1].split())
    return f" {inside} "


def _with_articles(folded: str) -> str:
    """Return a text with each article as a word of its own, numbered as laws are printed."""
    return folded if HELD in folded else ARTICLE.sub(_article, folded)


def _article(found: re.Match[str]) -> str:
    number = found[1] or found[2]
    written = article_named(int(number)) if number.isdecimal() else found[0]
    return f" {written} "


def _read(folded: str) -> Iterator[Term | str]:
    """Yield the terms of a folded text, and its ORs as they are."""
    for part in BETWEEN_TERMS.split(folded):
        if part == OR:
            yield OR
        elif (term := term_of(part)) and not (len(term.text) == 1 and term.text.isascii()):
            yield term


def _joined(read: Iterable[Term | str]) -> list[Term]:
    """Join the terms beside an OR into one; a term that stands twice is one."""
    terms: dict[Term, None] = {}
    is_either = False
    for one in read:
        if isinstance(one, str):
            is_either = bool(terms)
        elif is_either:
            last, _none = terms.popitem()
            terms[either(last, one)] = None
            is_either = False
        else:
            terms[one] = None
    return list(terms)


def either(one: Term, other: Term) -> Term:
    """Return the term that is found where either is."""
    alternatives = (*one.alternatives, *other.alternatives)
    return Term(f"{one.text}{BOTH}{other.text}", alternatives, is_quoted=True)


def term_of(text: str) -> Term | None:
    """Return the term for a folded piece of text; None when there is nothing to look for in it."""
    is_quoted = text.startswith(HELD)
    plain = " ".join(text.replace(HELD, " ").split())
    phrases = phrases_of(plain)
    if not phrases:
        return None
    return Term(plain, tuple(Alternative(plain, (phrase,)) for phrase in phrases), is_quoted)


def phrases_of(text: str) -> list[Phrase]:
    """Return the phrases of which each finds a folded text; a code also without its separators."""
    runs = RUN.findall(text)
    if not runs:
        return []
    before = [gram for run in runs[:-1] for gram in grams_of_run(run)]
    last = runs[-1]
    is_prefix = len(last) == 1 or not is_ideographic(last)
    own = [last[:MAX_GRAM_LENGTH]] if is_prefix else pairs(last)
    phrases = [Phrase((*before, *own), is_prefix)]
    if len(runs) > 1 and not IDEOGRAPH.search(text):
        phrases.append(Phrase((compact(text),), is_prefix=True))
    return phrases


def in_other_words(term: Term, variants: Iterable[str]) -> Term:
    """Return the term with other words for it, the likeliest first."""
    if term.is_quoted:
        return term
    added = [
        Alternative(
            variant, (phrase,), ALIKE - LESS_ALIKE * place - BROADER * (variant in term.text)
        )
        for place, variant in enumerate(variants)
        for phrase in phrases_of(variant)
    ]
    return replace(term, alternatives=(*term.alternatives, *added))


def or_of_kinds(term: Term, kinds: Iterable[str], worth: float = OF_KIND) -> Term:
    """Return the term, found in each thing of some kinds too: it is a word for them."""
    marks = [Phrase((token(KIND, kind),), is_mark=True) for kind in kinds]
    return replace(
        term,
        alternatives=(
            *term.alternatives,
            *(Alternative(term.text, (mark,), worth) for mark in marks),
        ),
    )


def of_kinds(term: Term, kinds: Iterable[str]) -> Term:
    """Return the term as a word for things of some kinds, whatever they are called."""
    return or_of_kinds(replace(term, alternatives=()), kinds)


def in_two(term: Term) -> Term | None:
    """Return the term as two pieces that stand apart; None where it has none of two characters."""
    text = term.text
    cuts = range(2, len(text) - 1) if RUN.fullmatch(text) and is_ideographic(text) else range(0)
    found = [
        Alternative(f"{text[:n]} {text[n:]}", (*phrases_of(text[:n]), *phrases_of(text[n:])), APART)
        for n in cuts
    ]
    return Term(text, tuple(found)) if found and not term.is_quoted else None


def is_of_letters(term: Term) -> bool:
    """Tell whether a term may be the sound of something."""
    return term.text.isascii() and term.text.isalpha() and len(term.text) >= MIN_LETTERS


def by_near_sound(term: Term) -> Term | None:
    """Return the term as letters that sound nearly like a name; None if none."""
    ways = near_spellings(term.text) if is_of_letters(term) else []
    spoken = [
        Alternative(term.text, (_sound(SOUND, way, is_prefix=True),), BY_LETTERS) for way in ways
    ]
    return Term(term.text, tuple(spoken)) if spoken else None


def by_sound(term: Term) -> Term | None:
    """Return the term as letters that sound like a name, or begin its syllables; None if none."""
    if not is_of_letters(term):
        return None
    spoken = [
        Alternative(term.text, (_sound(SOUND, way, is_prefix=True),), BY_SOUND)
        for way in spellings(term.text)
    ]
    letters = Alternative(term.text, (_sound(INITIAL, term.text),), BY_LETTERS)
    return Term(term.text, (*spoken, letters))


def sounding_like(term: Term) -> Term | None:
    """Return the term for what sounds as ideographs do; None when it is of others."""
    if term.is_quoted or not all(map(is_ideographic, RUN.findall(term.text))):
        return None
    spoken = [one for run in RUN.findall(term.text) for one in syllables(run)]
    return Term(term.text, (Alternative(term.text, (_sound(SOUND, spoken),), BY_SOUND),))


def _sound(mark: str, parts: Iterable[str], *, is_prefix: bool = False) -> Phrase:
    return Phrase(tuple(f"{mark}{part}" for part in parts), is_prefix, is_mark=True)


def alternatives(query: Query, cut: Callable[[str], Sequence[str]] = list) -> list[Query]:
    """
    Return nearby queries that may have hits where `query` has none, the nearest first.

    Several terms: each one left out. One term: its beginnings and ends, the longest first, and
    none shorter than half of it: what is found by less is nobody's question. `cut` tells of what
    words a run is made, none of which is broken; words that mean nothing are blanks in it.
    """
    anywhere = replace(query, kind="", page=1, code="", chosen=())
    if len(query.terms) > 1:
        return [
            anywhere.with_terms(query.terms[:n] + query.terms[n + 1 :])
            for n in range(len(query.terms))
        ]
    parts = (part for term in query.terms if not term.is_quoted for part in _pieces(term.text, cut))
    terms = (term_of(part) for part in dict.fromkeys(parts))
    found = [anywhere.with_terms([term]) for term in terms if term is not None]
    return found[:MAX_ALTERNATIVES]


def _code(folded: str) -> str:
    whole = compact(folded)
    has_digit = any(character.isdigit() for character in whole)
    return whole if CODE.fullmatch(folded) and has_digit and len(whole) >= MIN_CODE_LENGTH else ""


def _pieces(text: str, cut: Callable[[str], Sequence[str]]) -> Iterator[str]:
    """Yield beginnings and, of ideographs, ends of `text`, the longest first."""
    words = cut(text) if is_ideographic(text) else list(text)
    is_in_words = any(len(word) > 1 for word in words)
    least = max(MIN_WORD if is_in_words else MIN_PIECE, (len(text) + 1) // 2)
    count = len(words)
    sizes = range(1, count) if is_in_words else {count - 1, 3 * count // 4, (count + 1) // 2}
    found = (
        "".join(part).strip()
        for size in sorted(sizes, reverse=True)
        for part in ((words[:size], words[-size:]) if IDEOGRAPH.match(text) else (words[:size],))
    )
    yield from (part for part in found if least <= len(part) < len(text))
