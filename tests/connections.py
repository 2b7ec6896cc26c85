"""
Two acts at the same time, each in its own connection, watched from a third.

The first act stays open, not committed, until the second has either finished or waits for a lock;
the third connection is the test's own, which must be in autocommit (`transaction=True`), for inside
a transaction pg_stat_activity never changes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction
from django.db.models import QuerySet

from marketplace.kernel import statements

PATIENCE = 20
WAITING = """
SELECT query FROM pg_stat_activity WHERE pid = %s AND state = 'active' AND wait_event_type = 'Lock'
"""


@dataclass
class Act:
    """One act in a thread and connection of its own."""

    do: Callable[[], object]
    hold: bool = False
    pid: int = 0
    result: object = None
    error: BaseException | None = None
    started: Event = field(default_factory=Event)
    acted: Event = field(default_factory=Event)
    released: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.thread = Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.pid = cursor.fetchone()[0]
            self.started.set()
            if self.hold:
                with transaction.atomic():
                    self._act()
                    self.released.wait(PATIENCE)
            else:
                self._act()
        except Exception as error:  # noqa: BLE001 - kept for the test to look at
            self.error = error
        finally:
            self.started.set()
            self.acted.set()
            connections.close_all()

    def _act(self) -> None:
        self.result = self.do()
        self.acted.set()

    def end(self) -> None:
        """Let it commit, and wait until it has."""
        self.released.set()
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()


@dataclass(frozen=True)
class Race:
    """What came of two acts; `waited_for` is the statement that the second was kept waiting at."""

    first: Act
    second: Act
    waited_for: str

    @property
    def waited(self) -> bool:
        """
        Tell whether the second had to wait before it could read a row that the first had locked.

        Only a locking SELECT waits; whoever does not lock waits later, at a write, or never.
        """
        return self.waited_for.startswith("SELECT")


def race(first: Callable[[], object], second: Callable[[], object]) -> Race:
    """Begin `first`, then `second`; `first` commits when `second` waits or has finished."""
    one = Act(first, hold=True)
    assert one.acted.wait(PATIENCE)
    assert one.error is None, one.error
    other = Act(second)
    waited_for = _watch(other)
    one.end()
    other.end()
    return Race(one, other, waited_for)


def _watch(act: Act) -> str:
    """Return the statement at which `act` waits for a lock; an empty text when it ends without."""
    assert act.started.wait(PATIENCE)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(WAITING, [act.pid])
            row = cursor.fetchone()
        if row:
            return str(row[0])
        if act.acted.wait(0.01):
            return ""
    raise TimeoutError("the second act neither waits nor ends")


@pytest.fixture(params=["locked", "unlocked"])
def is_locked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    """Run the test with locks, and as its negative control without any."""
    if request.param == "unlocked":
        monkeypatch.setattr(
            QuerySet, "select_for_update", lambda rows, *_args, **_kwargs: rows.all()
        )
        statements.forget()
    yield bool(request.param == "locked")
    statements.forget()
