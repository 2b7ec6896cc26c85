"""What every kind of document is read with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import QuerySet

from marketplace.kernel.calendar import CHINA
from marketplace.models import Division
from search.facets import AMOUNT, DATE, REGION, step_of
from search.index import Document

BATCH = 500
NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands for the day of what bears none; nobody is shown it."""
Read = Callable[[], Document]


@dataclass(frozen=True)
class Source:
    """
    The things of one kind: `rows` are those that are public at a moment, and nobody else's.

    `named` tells by which fields one is found whose key is known.
    """

    kind: str
    rows: Callable[[datetime], QuerySet[Any]]
    named: Callable[[str], Mapping[str, Any]]
    read: Callable[[Any], Document]

    def all(self, at: datetime) -> Iterator[Read]:
        """Yield what reads each thing; the rows come little by little."""
        rows = self.rows(at).order_by("pk")
        return (partial(self.read, row) for row in rows.iterator(BATCH))

    def one(self, key: str, at: datetime) -> Document | None:
        """Return the document of one thing; None when there is nothing public."""
        row = self.rows(at).filter(**self.named(key)).first()
        return self.read(row) if row else None


def said(*facts: str) -> tuple[str, ...]:
    """Return facts as lines, without those that say nothing."""
    return tuple(" ".join(fact.split()) for fact in facts if fact)


def lines(*texts: str) -> str:
    """Join texts as lines."""
    return "\n".join(text for text in texts if text)


def moment(at: datetime | None) -> datetime:
    """Return a moment that the state of the row guarantees."""
    if at is None:
        raise AssertionError
    return at


def midnight(day: date) -> datetime:
    """Return the beginning of a day in Beijing."""
    return datetime.combine(day, time.min, tzinfo=CHINA).astimezone(UTC)


def places(division: Division) -> list[tuple[str, str]]:
    """Return the facets of the areas that a division lies in: itself, its city, its province."""
    above = places(division.parent) if division.parent else []
    return [(REGION, division.code), *above]


def dates(at: datetime) -> list[tuple[str, str]]:
    """Return the facets of a moment's year and month in Beijing."""
    here = at.astimezone(CHINA)
    return [(DATE, f"{here:%Y}"), (DATE, f"{here:%Y-%m}")]


def amount(yuan: Decimal | None) -> list[tuple[str, str]]:
    """Return the facet of an amount; none of none."""
    return [] if yuan is None else [(AMOUNT, step_of(int(yuan)))]


def values(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Return facets, each once, without empty ones."""
    return tuple(dict.fromkeys((name, value) for name, value in pairs if value))
