"""The words of a list's filter, as whatever searches everything understands them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Q

from marketplace.kernel.hooks import Way


@dataclass(frozen=True)
class Reading:
    """
    What was looked for where that is not what was typed.

    `as_typed` is how to ask for what was typed after all; empty where that cannot be asked for.
    """

    text: str
    as_typed: str = ""


@dataclass(frozen=True)
class Keys:
    """What a text finds: the keys of each kind, as the right sides of INs."""

    of: Mapping[str, Any]
    reading: Reading | None = None


@dataclass(frozen=True)
class Words:
    """What the words of a filter ask of a row, and how they were read."""

    condition: Q
    reading: Reading | None = None


class WordFinder(Protocol):
    """Say which things of some kinds a text finds; None where there is no telling."""

    def __call__(self, kinds: Sequence[str], text: str, /) -> Keys | None: ...


WORDS = Way[WordFinder]()


def words_of(text: str, own: Callable[[str], Q], **columns: str) -> Words:
    """
    Return what a row must meet to be found by `text`.

    `columns` names for each kind of thing the column with its key; a row is found by any of them.
    Where nothing above knows yet, the list looks into its `own` columns.
    """
    for ask in WORDS:
        if text.strip() and (found := ask(tuple(columns), text)) is not None:
            condition = Q()
            for kind, column in columns.items():
                condition |= Q(**{f"{column}__in": found.of[kind]})
            return Words(condition, found.reading)
    return Words(own(text))
