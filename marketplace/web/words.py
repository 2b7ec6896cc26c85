"""The words of a list's filter, as whatever searches everything understands them."""

from __future__ import annotations

from typing import Any, Protocol

from django.db.models import Q

from marketplace.kernel.hooks import Way


class WordFinder(Protocol):
    """Say which things of a kind a text finds: their keys, as the right side of an IN; or None."""

    def __call__(self, kind: str, text: str, /) -> Any | None: ...


WORDS = Way[WordFinder]()


def found_by(text: str, **columns: str) -> Q | None:
    """
    Return what a row must meet to be found by `text`, where anything above knows.

    `columns` names for each kind of thing the column with its key; a row is found by any of them.
    None where nobody knows yet: the list then looks into its own columns.
    """
    for ask in WORDS:
        keys = {kind: ask(kind, text) for kind in columns} if text.strip() else {}
        if keys and all(found is not None for found in keys.values()):
            condition = Q()
            for kind, found in keys.items():
                condition |= Q(**{f"{columns[kind]}__in": found})
            return condition
    return None
