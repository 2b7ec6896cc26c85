"""The law library as values, read from its rows: whole to be asked, and by name to be drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date

from marketplace.kernel import known
from marketplace.kernel.laws import Held, Library
from marketplace.kernel.models import Article, Law
from marketplace.kernel.models.laws import has_articles

HELD = (
    *("name", "level"),
    *("versions", "versions__in_force_from", "versions__in_force_until"),
)


def library() -> Library:
    """Return every law that a source may name; two queries."""
    articles: dict[str, set[str]] = defaultdict(set)
    for name, number in Article.objects.values_list("version__law__name", "number"):
        articles[name].add(number)
    laws: dict[str, Law] = {}
    periods: dict[str, list[tuple[date | None, date | None]]] = defaultdict(list)
    for name, level, version, begin, end in Law.objects.values_list(*HELD):
        laws[name] = Law(name=name, level=level)
        if version is not None:
            periods[name].append((begin, end))
    return Library(
        {
            name: Held(
                is_reference=law.level == Law.Level.REFERENCE,
                grounds_an_item=law.grounds_an_item,
                articles=frozenset(articles[name]),
                periods=tuple(periods[name]),
            )
            for name, law in laws.items()
        }
    )


@dataclass(frozen=True)
class Shelved:
    """What must be known of a law to draw a source: where it stands, and whether its text does."""

    slug: str
    has_text: bool


Shelf = dict[str, Shelved]


@dataclass
class Desk:
    """What one page has taken from the library: the shelf, and the articles that it cites."""

    shelf: Shelf | None = None
    cited: dict[tuple[str, int], None] = field(default_factory=dict)


_of_this_request: ContextVar[Desk | None] = ContextVar("desk", default=None)


@contextmanager
def shelf_once() -> Iterator[None]:
    """Let everything that is drawn within the block ask for the shelf once, and note its cites."""
    token = _of_this_request.set(Desk())
    try:
        yield
    finally:
        _of_this_request.reset(token)


def shelf() -> Shelf:
    """Return the laws by name; one query, or none where it was asked at this version or page."""
    desk = _of_this_request.get() or Desk()
    if desk.shelf is None:
        desk.shelf = known.once("shelf", read=_read_shelf)
    return desk.shelf


def note_cited(slug: str, position: int) -> None:
    """Note that the page cites an article, so that its text can stand at the page's end."""
    desk = _of_this_request.get()
    if desk is not None:
        desk.cited[slug, position] = None


def cited() -> tuple[tuple[str, int], ...]:
    """Return what the page has cited so far: the slug of a law and the position in it, in order."""
    desk = _of_this_request.get()
    return () if desk is None else tuple(desk.cited)


def cited_articles(on: date) -> list[Article]:
    """
    Return what the page has cited so far, in that order, with law and version; one query, or none.

    Of several versions of a law it is the one in force on `on`, else the newest.
    """
    asked = cited()
    if not asked:
        return []
    found: dict[tuple[str, int], Article] = {}
    for article in Article.objects.among(asked, on):
        found.setdefault((article.version.law.slug, article.position), article)
    return [found[key] for key in asked if key in found]


def _read_shelf() -> Shelf:
    rows = Law.objects.annotate(has_text=has_articles()).values_list("name", "slug", "has_text")
    return {name: Shelved(slug, has_text) for name, slug, has_text in rows}
