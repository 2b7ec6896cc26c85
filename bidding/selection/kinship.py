"""Which bidders belong together by who represents them, and may not compete. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from marketplace.names import name_key

Key = TypeVar("Key")


@dataclass(frozen=True)
class Ties:
    """
    What may tie a bidder to another: its representative by name, and `marks` beside the name.

    A mark is a text that two bidders have in common when they share a telephone, an address or a
    person who acts for both. `people` are the keys of the representatives where a registry has told
    who they are: then the name says nothing any more.
    """

    representative: str
    marks: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()


def related(bidders: Mapping[Key, Ties]) -> frozenset[Key]:
    """
    Return the bidders that share the person, or the name and a mark, with another bidder.

    A name alone is not a person (ADR 5); a bidder without a name is related to nobody by it.

    Source: 平台默认
    """
    pairs = _pairs(bidders)
    return frozenset(key for pair, is_tied in pairs if is_tied for key in pair)


def namesakes(bidders: Mapping[Key, Ties]) -> tuple[tuple[Key, Key], ...]:
    """Return the pairs of bidders that share the name of the representative and no mark."""
    return tuple(pair for pair, is_tied in _pairs(bidders) if not is_tied)


def _pairs(bidders: Mapping[Key, Ties]) -> Iterator[tuple[tuple[Key, Key], bool]]:
    """Yield the pairs of one person or one name, and whether they are tied beyond the name."""
    names = {key: name_key(ties.representative) for key, ties in bidders.items()}
    for one, other in combinations(bidders, 2):
        mine, theirs = bidders[one], bidders[other]
        if mine.people and theirs.people:
            if mine.people & theirs.people:
                yield (one, other), True
        elif names[one] and names[one] == names[other]:
            yield (one, other), bool(mine.marks & theirs.marks)
