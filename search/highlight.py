"""Where the terms of a query stand in a text, as parts that a template marks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search.analysis import IDEOGRAPH, RUN, fold
from search.query import Query

SNIPPET_LENGTH = 96
BEFORE_HIT = 24
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True)
class Part:
    """A stretch of text, and whether it is what was looked for."""

    text: str
    is_hit: bool = False


def parts_of(text: str, query: Query) -> list[Part]:
    """Cut `text` into parts, so that each place where a term stands is a part of its own."""
    return _cut(text, _spans(text, query), 0, len(text))


def snippet_of(text: str, query: Query) -> list[Part]:
    """Return a short piece of `text` around the first hit; nothing when there is none."""
    spans = _spans(text, query)
    if not spans:
        return []
    start = max(0, spans[0][0] - BEFORE_HIT)
    end = min(len(text), max(start + SNIPPET_LENGTH, spans[0][1]))
    parts = _cut(text, spans, start, end)
    if start:
        parts.insert(0, Part(ELLIPSIS))
    if end < len(text):
        parts.append(Part(ELLIPSIS))
    return parts


def _cut(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> list[Part]:
    parts: list[Part] = []
    position = start
    for first, last in spans:
        if first >= end:
            break
        parts += [Part(text[position:first]), Part(text[first : min(last, end)], is_hit=True)]
        position = min(last, end)
    parts.append(Part(text[position:end]))
    return [part for part in parts if part.text]


def _spans(text: str, query: Query) -> list[tuple[int, int]]:
    """Return the half-open, disjoint ranges of `text` in which terms stand, in order."""
    folded, origins = _folded_with_origins(text)
    found = sorted(
        (origins[match.start()], origins[match.end() - 1] + 1)
        for words in _looked_for(query)
        for match in _pattern(words).finditer(folded)
    )
    spans: list[tuple[int, int]] = []
    for first, last in found:
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return spans


def _looked_for(query: Query) -> Iterator[str]:
    """Yield what was looked for in a text: no sound, which stands nowhere as it is typed."""
    for term in query.terms:
        for one in term.alternatives:
            if not any(phrase.is_mark for phrase in one.phrases):
                yield from one.text.split() if len(one.phrases) > 1 else [one.text]


def _folded_with_origins(text: str) -> tuple[str, list[int]]:
    """Fold character by character; the list tells from which character each result came."""
    pieces = [_folded(character) for character in text]
    origins = [n for n, piece in enumerate(pieces) for _character in piece]
    return "".join(pieces), origins


@lru_cache(maxsize=8192)
def _folded(character: str) -> str:
    return fold(character) or " "


@lru_cache(maxsize=1024)
def _pattern(term: str) -> re.Pattern[str]:
    """Return where a term is found: its runs in order, a word only from its beginning."""
    runs = RUN.findall(term)
    start = "" if IDEOGRAPH.match(runs[0]) else r"(?<![0-9a-z])"
    return re.compile(start + r"[\W_]*".join(re.escape(run) for run in runs))
