"""
Count what is searched for, without persons: a term, a day, three numbers.

A process adds up in memory and writes every few seconds, so that no reader waits for a write, and
no row has the moment of a single search. A process that is killed loses those seconds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from threading import Lock

from django.db import connection, transaction

from marketplace.kernel.calendar import day_of
from marketplace.web.personal import without_personal
from search.models import TermCount
from search.query import Query

EVERY = timedelta(seconds=10)
KEPT = timedelta(days=90)
LONGEST, SHORTEST = 40, 2
ASKED, EMPTY, OPENED = "asked_count", "empty_count", "opened_count"
UPSERT = """
INSERT INTO search_termcount (day, text, asked_count, empty_count, opened_count)
VALUES (%s, %s, %s, %s, %s) ON CONFLICT (day, text) DO UPDATE SET
asked_count = search_termcount.asked_count + excluded.asked_count,
empty_count = search_termcount.empty_count + excluded.empty_count,
opened_count = search_termcount.opened_count + excluded.opened_count
"""
Counts = Mapping[tuple[date, str], Counter[str]]


class Tally:
    """What this process has counted and not written yet."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: dict[tuple[date, str], Counter[str]] = defaultdict(Counter)
        self._since: datetime | None = None

    def add(self, text: str, at: datetime, *names: str) -> None:
        """Count once more."""
        with self._lock:
            self._counts[day_of(at), text].update(names)
            self._since = self._since or at

    def is_due(self, at: datetime) -> bool:
        """Tell whether what is counted has waited long enough; the platform's clock may go back."""
        since = self._since
        return since is not None and abs(at - since) >= EVERY

    def take(self) -> Counts:
        """Return what was counted, and begin anew."""
        with self._lock:
            taken, self._counts, self._since = self._counts, defaultdict(Counter), None
        return taken


tally = Tally()


def term_of(query: Query) -> str:
    """Return what is counted of a question; nothing of a code, a text or somebody's number."""
    text = query.text
    is_counted = SHORTEST <= len(text) <= LONGEST and not query.code
    return text if is_counted and without_personal(text) == text else ""


def note_asked(query: Query, total: int, at: datetime) -> None:
    """Count a question that was answered, on its first page alone."""
    if query.page == 1 and (text := term_of(query)):
        tally.add(text, at, ASKED, *(() if total else (EMPTY,)))
    write_if_due(at)


def note_opened(query: Query, at: datetime) -> None:
    """Count that a hit was opened; of a term that nobody has searched for nothing is kept."""
    if text := term_of(query):
        tally.add(text, at, OPENED)
    write_if_due(at)


def write_if_due(at: datetime) -> None:
    """Write what was counted, if it has waited long enough."""
    if tally.is_due(at):
        write()


@transaction.atomic
def write() -> None:
    """Write what this process has counted."""
    counts = tally.take()
    rows = [
        (day, text, found[ASKED], found[EMPTY], found[OPENED])
        for (day, text), found in sorted(counts.items())
        if found[ASKED]
    ]
    with connection.cursor() as cursor:
        if rows:
            cursor.executemany(UPSERT, rows)
    for (day, text), found in sorted(counts.items()):
        if not found[ASKED]:
            _add_opened(day, text, found[OPENED])


def _add_opened(day: date, text: str, count: int) -> None:
    row = TermCount.objects.select_for_update().filter(day=day, text=text).first()
    if row is not None:
        row.opened_count += count
        row.save(update_fields=[OPENED])


def forget_old(at: datetime) -> int:
    """Forget what was counted long ago; return how many rows."""
    return TermCount.objects.filter(day__lt=day_of(at - KEPT)).delete()[0]
