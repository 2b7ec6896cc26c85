"""
What holds of the whole database at rest, as declarations that every app adds to.

A constraint holds a row, a guard an act, a lock two acts at once; an invariant says of many rows
together what must have come of all acts, whoever was killed meanwhile. It is a function that yields
the rows which break it, under a name and a sentence:

    @invariant(_("每份报名都有密封的报价"))
    def bid_has_an_offer(due: datetime) -> Iterable[models.Model]: ...

`due` is the moment by which everything that was due must have been done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, models, transaction

from marketplace.kernel.hooks import Way
from marketplace.kernel.verdicts import Text

Rows = Iterable[models.Model | str]
"""What breaks an invariant: a row, or the name of something that is no row."""


@dataclass(frozen=True)
class Invariant:
    """One statement about the whole database; `broken` yields the rows that it does not hold of."""

    name: str
    sentence: Text
    broken: Callable[[datetime], Rows]


INVARIANTS = Way[Invariant]()


@dataclass(frozen=True)
class Breach:
    """An invariant that does not hold, and what breaks it, by model and primary key alone."""

    invariant: Invariant
    rows: tuple[str, ...]


def invariant(sentence: Text) -> Callable[[Callable[[datetime], Rows]], Invariant]:
    """Make an invariant of a function, under its name."""
    return lambda broken: Invariant(broken.__name__, sentence, broken)


def breaches(due: datetime) -> Iterator[Breach]:
    """Yield every invariant that does not hold, all asked of one state of the database."""
    with _one_state():
        for asked in INVARIANTS:
            if rows := tuple(map(_name, asked.broken(due))):
                yield Breach(asked, rows)


def _name(row: models.Model | str) -> str:
    """Name a row so that nothing sealed is told, such as who bids."""
    return row if isinstance(row, str) else f"{row._meta.label_lower} {row.pk}"


@contextmanager
def _one_state() -> Iterator[None]:
    """Read one snapshot on PostgreSQL, where others write meanwhile; elsewhere they would wait."""
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
