"""Fixtures for every test: a migrated database, copied from a template that migrate made once."""

import fcntl
import gc
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from marketplace.kernel import known, statements, triggers
from marketplace.kernel.effects import Broker
from marketplace.kernel.hooks import Answer, answers
from marketplace.web.pages_kept import kept_pages
from marketplace.web.parts_kept import kept_parts
from search.counting import tally
from tests.clock import NOON
from tests.senders import Sender

pytest_plugins = ["tests.servers", "tests.connections", "tests.other_process", "tests.roles"]

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / ".cache" / "test-db"

# where pytest makes its tmp_path
TEMPORARY = ROOT / ".cache" / "tmp"
TEMPORARY.mkdir(parents=True, exist_ok=True)
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(TEMPORARY))
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(ROOT / ".cache" / "hypothesis"))
# a slow machine is no counterexample
hypothesis_settings.register_profile("suite", deadline=None)
hypothesis_settings.load_profile("suite")


def _template_key() -> str:
    """Name the template by everything that migrate reads."""
    digest = hashlib.sha256(" ".join(settings.INSTALLED_APPS).encode())
    triggers = (
        "*/kernel/*trigger*.py",
        "*/kernel/trail.py",
        "*/public.py",
        "*/models/deadlines.py",
    )
    patterns = ("*/migrations/*.py", *triggers)
    sources = [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    for path in [*sources, ROOT / "requirements.lock"]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _template() -> Path:
    """Return a migrated SQLite database, made by a real migrate when there is none yet."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    template = TEMPLATES / f"{_template_key()}.sqlite3"
    with (TEMPLATES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            building = template.with_suffix(".building")
            building.unlink(missing_ok=True)
            _use(building)
            call_command("migrate", verbosity=0)
            connections["default"].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connections.close_all()
            building.rename(template)
    return template


def _use(path: Path) -> None:
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = str(path)
    connections["default"].settings_dict["NAME"] = str(path)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """On SQLite copy the template; on PostgreSQL create the test database as Django does."""
    if connections["default"].vendor != "sqlite":
        yield from _created_database(request, django_db_blocker)
        return
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    database = settings.DATA_DIR / f"test-{worker}.sqlite3"
    with django_db_blocker.unblock():
        shutil.copyfile(_template(), database)
        _use(database)
        _note_the_start()
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    database.unlink(missing_ok=True)


def _created_database(request: pytest.FixtureRequest, blocker: DjangoDbBlocker) -> Iterator[None]:
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    if worker:
        connections["default"].settings_dict["TEST"]["NAME"] = f"test_marketplace_{worker}"
    with blocker.unblock():
        config = setup_databases(verbosity=0, interactive=False)
        _note_the_start()
    yield
    with blocker.unblock():
        teardown_databases(config, verbosity=0)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no process works at it when the other has ended."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish() -> None:
    """Look seldom for garbage: what is imported by now stays, and a test leaves little."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture
def client() -> Sender:
    """A client that sends along what a page was made of, as pages do."""
    return Sender()


@pytest.fixture(scope="session", autouse=True)
def _noon() -> Iterator[time_machine.travel]:
    """
    Stop the clock at NOON, whatever day it is: for every test, and for what many of them share.

    A test that wants another moment travels there.
    """
    noon = time_machine.travel(NOON, tick=False)
    noon.start()
    yield noon
    noon.stop()


@pytest.fixture(autouse=True)
def _the_time_of_other_processes(
    request: pytest.FixtureRequest, _noon: time_machine.travel
) -> Iterator[None]:
    """Let the clock go beside a worker or a browser, which have the real time."""
    if not {"broker", "browser"} & {mark.name for mark in request.node.iter_markers()}:
        yield
        return
    _noon.stop()
    yield
    _noon.start()


@pytest.fixture(autouse=True)
def _nothing_is_kept() -> None:
    """Forget what an earlier test has read, drawn and counted."""
    known.forget()
    kept_pages.clear()
    kept_parts.clear()
    tally.take()


@pytest.fixture(autouse=True)
def _broker_is_worth_asking() -> None:
    """Forget that the broker did not answer to an earlier test."""
    Broker.rests_until = 0.0


@pytest.fixture
def answering(settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function whose answers stand, in this test, for all that the apps give for a way."""

    def answer(*given: Answer) -> None:
        ways = [one.way for one in given]
        kept = [one for one in answers() if one.way not in ways]
        module = ModuleType("tests.ways_up")
        module.WAYS_UP = (*kept, *given)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        settings.WAYS_UP = [module.__name__]

    return answer


# --- After a test that commits --------------------------------------------------------------------
Rows = tuple[list[str], list[tuple[Any, ...]]]
_at_the_start: dict[str, Rows] = {}
"""The columns and rows of each table that was not empty when the tests began."""


def _by_hundreds(names: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(names), 100):
        yield names[start : start + 100]


def _counts() -> dict[str, int]:
    """Return how many rows each table has that is not empty."""
    connection = connections["default"]
    quote = connection.ops.quote_name
    found = {}
    with connection.cursor() as cursor:
        tables = connection.introspection.django_table_names(only_existing=True)
        for some in _by_hundreds(sorted(tables)):
            lines = [f"SELECT '{name}', count(*) FROM {quote(name)}" for name in some]  # noqa: S608 - names of our own tables
            cursor.execute(" UNION ALL ".join(lines))
            found.update(row for row in cursor.fetchall() if row[1])
    return found


def _note_the_start() -> None:
    """Keep what stands in the database before the first test."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        for name in _counts():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608 - names of our own tables
            columns = [column[0] for column in cursor.description]
            _at_the_start[name] = columns, cursor.fetchall()


@contextmanager
def _without_triggers() -> Iterator[None]:
    """Lift the triggers, or pass them by: to drop and make all of them takes longer than a test."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        with triggers.lifted():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # of the test's superuser
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = origin")


def _put_back(self: TransactionTestCase) -> None:
    """
    Empty the tables that were empty before; where the others have changed, put back all of them.

    Only for this are the triggers lifted. Django's own way empties every table, and what it then
    fills again is not all that migrations have stored.
    """
    counts = _counts()
    connection = connections["default"]
    is_changed = any(counts.get(name) != len(rows) for name, (_, rows) in _at_the_start.items())
    filled = counts.keys() if is_changed else counts.keys() - _at_the_start.keys()
    if connection.vendor == "sqlite":  # a table that Django does not know
        filled |= {"search_grams"}
    quote = connection.ops.quote_name
    with _without_triggers(), transaction.atomic(), connection.cursor() as cursor:
        for name in sorted(filled):
            cursor.execute(f"DELETE FROM {quote(name)}")  # noqa: S608 - names of our own tables
        for name, (columns, rows) in _at_the_start.items() if is_changed else ():
            places = ", ".join(["%s"] * len(columns))
            into = f"{quote(name)} ({', '.join(map(quote, columns))})"
            cursor.executemany(f"INSERT INTO {into} VALUES ({places})", rows)  # noqa: S608 - names of our own tables
    if is_changed:
        statements.forget()


TransactionTestCase._fixture_teardown = _put_back
