"""
What an index is asked: phrases in fields, joined by and, or and not. Pure.

Every index keeps four fields: what a thing is called, what is said of it in a line, its text, and
its marks (whole names, sounds, facets). An index writes an expression in its own language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from search.analysis import NAME, compact, token
from search.query import Alternative, Chosen, Phrase, Query, Term

TITLE: Final = "title"
FACTS: Final = "facts"
BODY: Final = "body"
MARKS: Final = "marks"
FIELDS = (TITLE, FACTS, BODY, MARKS)
TIERS = ((MARKS,), (TITLE,), (TITLE, FACTS), (TITLE, FACTS, BODY))
"""Where a thing is looked for, the best place first; the first is for whole names and codes."""
NAMED, ANYWHERE = 1, len(TIERS) - 1
"""The tier of what is called so, and that of all that is found."""


@dataclass(frozen=True)
class Where:
    """A phrase in one of some fields."""

    phrase: Phrase
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Every:
    """All of some expressions; at least one."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Some:
    """Any of some expressions; at least one."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Without:
    """What one expression finds and another does not."""

    found: Expression
    other: Expression


Expression = Where | Every | Some | Without


def every(parts: Iterable[Expression]) -> Expression:
    """Join expressions by and."""
    joined = tuple(parts)
    return joined[0] if len(joined) == 1 else Every(joined)


def some(parts: Iterable[Expression]) -> Expression:
    """Join expressions by or."""
    joined = tuple(dict.fromkeys(parts))
    return joined[0] if len(joined) == 1 else Some(joined)


def chosen(values: Chosen) -> list[Expression]:
    """Return what must hold for the values chosen of each facet."""
    return [some(_mark(token(name, value)) for value in options) for name, options in values]


def tiers(query: Query) -> list[Expression]:
    """
    Return what finds the hits of a query, the best first; each finds what those before it found.

    The first finds whole names and codes, in each of the words in which they can be said.
    """
    names = {query.name, *(compact(text) for text in _whole(query))} - {""}
    exact = some(_mark(f"{NAME}{name}") for name in sorted(names))
    asked = [_terms(query, fields) for fields in TIERS[1:]]
    found = [some([exact, wider]) for wider in asked]
    return [exact, *found]


def matching(query: Query, tier: int = ANYWHERE) -> Expression:
    """Return what finds every hit of a query, down to a tier."""
    return tiers(query)[tier]


def narrowed(found: Expression, values: Chosen) -> Expression:
    """Return what of the found holds the chosen values."""
    return every([found, *chosen(values)])


def _whole(query: Query) -> list[str]:
    """Return how one term can be said; several terms are no name in other words."""
    if len(query.terms) > 1:
        return []
    return [one.text for term in query.terms for one in term.alternatives]


def _terms(query: Query, fields: tuple[str, ...]) -> Expression:
    return some(every(_term(term, fields) for term in way) for way in query.ways)


def _term(term: Term, fields: tuple[str, ...]) -> Expression:
    return some(_alternative(one, fields) for one in term.alternatives)


def _alternative(one: Alternative, fields: tuple[str, ...]) -> Expression:
    return every(Where(phrase, (MARKS,) if phrase.is_mark else fields) for phrase in one.phrases)


def _mark(gram: str) -> Where:
    return Where(Phrase((gram,)), (MARKS,))
