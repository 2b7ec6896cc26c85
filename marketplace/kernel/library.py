"""The law library as values, read from its rows: whole to be asked, and by name to be drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from marketplace.kernel.laws import Held, Library
from marketplace.kernel.models import Article, Law, LawVersion
from marketplace.kernel.models.laws import has_articles


def library() -> Library:
    """Return every law that a source may name; three queries."""
    articles: dict[int, set[str]] = defaultdict(set)
    for law_id, number in Article.objects.values_list("version__law_id", "number"):
        articles[law_id].add(number)
    periods: dict[int, list[tuple[date | None, date | None]]] = defaultdict(list)
    for law_id, begin, end in LawVersion.objects.values_list(
        "law_id", "in_force_from", "in_force_until"
    ):
        periods[law_id].append((begin, end))
    return Library(
        {
            law.name: Held(
                is_reference=law.level == Law.Level.REFERENCE,
                grounds_an_item=law.grounds_an_item,
                articles=frozenset(articles[law.pk]),
                periods=tuple(periods[law.pk]),
            )
            for law in Law.objects.all()
        }
    )


@dataclass(frozen=True)
class Shelved:
    """What must be known of a law to draw a source: where it stands, and whether its text does."""

    slug: str
    has_text: bool


Shelf = dict[str, Shelved]
_of_this_request: ContextVar[list[Shelf] | None] = ContextVar("shelf", default=None)


@contextmanager
def shelf_once() -> Iterator[None]:
    """Let everything that is drawn within the block ask for the shelf once."""
    token = _of_this_request.set([])
    try:
        yield
    finally:
        _of_this_request.reset(token)


def shelf() -> Shelf:
    """Return the laws by name; one query, or none where `shelf_once` has asked already."""
    asked = _of_this_request.get()
    if asked:
        return asked[0]
    rows = Law.objects.annotate(has_text=has_articles()).values_list("name", "slug", "has_text")
    found = {name: Shelved(slug, has_text) for name, slug, has_text in rows}
    if asked is not None:
        asked.append(found)
    return found
