"""
What somebody typed, as a value that every index answers alike, and the grams of what is indexed.

A run of ideographs becomes its overlapping pairs and its last character, a run of letters and
digits one gram. A term is found where its grams follow each other, so any piece of a text of two
characters or more is found, and nothing that does not stand there. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

MAX_LENGTH = 80
MAX_TERMS = 8
MAX_PAGE = 500
PAGE_SIZE = 20
MAX_GRAMS = 15_000
MAX_GRAM_LENGTH = 64
MAX_ALTERNATIVES = 10
MIN_CODE_LENGTH = 3
GAP = "\N{PILCROW SIGN}"
"""Stands between fields, so that nothing is found across their border; never part of a gram."""

IDEOGRAPHS = (
    r"\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
)
RUN = re.compile(rf"[{IDEOGRAPHS}]+|[^\W_{IDEOGRAPHS}]+")
IDEOGRAPH = re.compile(rf"[{IDEOGRAPHS}]")
BETWEEN_TERMS = re.compile(r"[\s,;!?|\u3001\u3002\u2026]+")
CODE = re.compile(r"[0-9a-z\s./_-]+")


Chosen = tuple[tuple[str, tuple[str, ...]], ...]
"""The values that were chosen of facets, by the names of these."""


@dataclass(frozen=True)
class Phrase:
    """Grams that follow each other; with `is_prefix` the last one may go on."""

    grams: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True)
class Term:
    """One word of a query: found where any of its phrases is found."""

    text: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True)
class Query:
    """
    Terms that must all be found; `kind` narrows the hits, not the counts.

    The newest hits come first, or the oldest if it `is_oldest_first`.

    `code` is what was typed if that may be a code, without its separators; else empty. `chosen`
    holds the values chosen of each facet: of one facet any, of several facets each must hold.
    """

    terms: tuple[Term, ...]
    kind: str = ""
    page: int = 1
    code: str = ""
    is_oldest_first: bool = False
    chosen: Chosen = ()

    @property
    def text(self) -> str:
        """What is looked for, as it was understood."""
        return " ".join(term.text for term in self.terms)

    @property
    def offset(self) -> int:
        """How many hits stand before this page."""
        return (self.page - 1) * PAGE_SIZE


def fold(text: str) -> str:
    """Return `text` with full-width and compatibility forms, case and blanks made uniform."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.split())


def compact(code: str) -> str:
    """Return a code as it is compared: folded, without separators."""
    return "".join(RUN.findall(fold(code)))[:MAX_GRAM_LENGTH]


def parse(text: str, kind: str = "", page: int = 1) -> Query:
    """Read what somebody typed: its first `MAX_LENGTH` characters and `MAX_TERMS` terms."""
    folded = fold(text[:MAX_LENGTH])
    read = (_term(part) for part in BETWEEN_TERMS.split(folded))
    terms = tuple(dict.fromkeys(term for term in read if term is not None))[:MAX_TERMS]
    return Query(terms, kind, min(max(page, 1), MAX_PAGE), _code(folded))


def exactly(code: str) -> Query:
    """Return the query for a whole code, nothing longer."""
    return Query((Term(code, (Phrase((code,)),)),), code=code)


def alternatives(query: Query) -> list[Query]:
    """
    Return nearby queries that may have hits where `query` has none, the nearest first.

    Several terms: each one left out. One term: its beginnings and ends, the longest first.
    """
    anywhere = replace(query, kind="", page=1, code="")
    if len(query.terms) > 1:
        return [
            replace(anywhere, terms=query.terms[:n] + query.terms[n + 1 :])
            for n in range(len(query.terms))
        ]
    parts = (part for term in query.terms for part in _pieces(term.text))
    terms = (_term(part) for part in dict.fromkeys(parts))
    found = [replace(anywhere, terms=(term,)) for term in terms if term is not None]
    return found[:MAX_ALTERNATIVES]


def grams_of(fields: Iterable[str], codes: Iterable[str]) -> list[str]:
    """Return the grams under which a text with these fields and codes is found."""
    grams: list[str] = []
    for field in fields:
        for run in RUN.findall(fold(field)):
            grams += _indexed(run)
        grams.append(GAP)
    for code in filter(compact, codes):
        grams += [*RUN.findall(fold(code)), GAP, compact(code), GAP]
    return grams[:MAX_GRAMS]


def _indexed(run: str) -> list[str]:
    """Return the grams of one run: pairs and the last character, or the word itself."""
    if IDEOGRAPH.match(run):
        return [*_pairs(run), run[-1]]
    return [run[:MAX_GRAM_LENGTH]]


def _pairs(run: str) -> list[str]:
    return [run[n : n + 2] for n in range(len(run) - 1)]


def _term(text: str) -> Term | None:
    runs = RUN.findall(text)
    if not runs:
        return None
    before = [gram for run in runs[:-1] for gram in _indexed(run)]
    last = runs[-1]
    is_prefix = len(last) == 1 or not IDEOGRAPH.match(last)
    own = [last[:MAX_GRAM_LENGTH]] if is_prefix else _pairs(last)
    phrases = [Phrase((*before, *own), is_prefix)]
    if len(runs) > 1 and not IDEOGRAPH.search(text):
        phrases.append(Phrase((compact(text),), is_prefix=True))
    return Term(text, tuple(phrases))


def _code(folded: str) -> str:
    whole = compact(folded)
    has_digit = any(character.isdigit() for character in whole)
    return whole if CODE.fullmatch(folded) and has_digit and len(whole) >= MIN_CODE_LENGTH else ""


def _pieces(text: str) -> Iterator[str]:
    """Yield beginnings and, of ideographs, ends of `text`, the longest first, two or more long."""
    size = len(text)
    lengths = {size - 1, 3 * size // 4, size // 2, size // 3, 2}
    for length in sorted((n for n in lengths if 2 <= n < size), reverse=True):
        yield text[:length]
        if IDEOGRAPH.match(text[-length]):
            yield text[-length:]
