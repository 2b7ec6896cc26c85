"""
`make run` itself: it starts, answers, and leaves nothing behind.

A start takes seconds, so one start is asked all that it can tell; on each broker that CI has, the
one whose worker does something.
"""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from django.db import connection

from tests.servers import closed_port, wait_until

pytestmark = [pytest.mark.broker, pytest.mark.django_db]

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """Return a data folder whose database is migrated already."""
    shutil.copyfile(connection.settings_dict["NAME"], tmp_path / "db.sqlite3")
    return tmp_path


@contextmanager
def platform(data_folder: Path, **variables: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run the platform without demo on a free port; yield its process and what it printed."""
    environment = {**os.environ, "DATA_DIR": str(data_folder), "DEMO": "0", "PORT": "0"}
    environment |= variables
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    printed = data_folder / "printed.txt"
    with printed.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, ROOT / "deploy" / "run.py"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until(
            lambda: "Ctrl-C" in printed.read_text(encoding="utf-8") or process.poll() is not None,
            seconds=120,
        )
        yield process, printed.read_text(encoding="utf-8")
    finally:
        process.terminate()
        process.wait()


def processes() -> dict[int, tuple[str, int]]:
    """Return the state and the parent of every process of this machine."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            state, parent = path.read_text(errors="replace").rpartition(")")[2].split()[:2]
            found[int(path.parent.name)] = (state, int(parent))
    return found


def descendants(pid: int) -> set[int]:
    """Return the processes that `pid` has started, and those that they have."""
    parents = {child: parent for child, (_state, parent) in processes().items()}
    found: set[int] = set()
    new = {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new}
        found |= new
    return found


def living(pids: set[int]) -> set[int]:
    return {pid for pid, (state, _parent) in processes().items() if pid in pids and state != "Z"}


def answer(printed: str) -> int:
    address = re.search(r"http://127\.0\.0\.1:\d+", printed)
    assert address is not None, printed
    with urllib.request.urlopen(f"{address.group()}/healthz", timeout=30) as response:
        return int(response.status)


def ends_whole(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """End a running platform by a signal: it says that all went well, and no process is left."""
    children = descendants(process.pid)
    assert len(children) >= 3  # the worker, the server and what serves in it

    process.send_signal(number)

    assert process.wait(30) == 0
    assert living(children) == set()


def dies_whole(process: subprocess.Popen[bytes]) -> None:
    """Kill a running platform: its processes end with it."""
    children = descendants(process.pid)

    process.kill()
    process.wait()

    wait_until(lambda: not living(children))


def offline() -> dict[str, str]:
    """Return variables with which every download goes to a port where nobody listens."""
    nowhere = f"http://127.0.0.1:{closed_port()}"
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "PIP_INDEX_URL", "UV_DEFAULT_INDEX")
    proxies = dict.fromkeys(names, nowhere)
    return {**proxies, **{name.lower(): nowhere for name in names[:3]}}


@pytest.mark.any_broker
def test_a_run_ends_by_ctrl_c_and_a_second_start_needs_nothing_and_dies_whole(
    data_folder: Path,
) -> None:
    with platform(data_folder) as (process, printed):
        assert answer(printed) == 200
        ends_whole(process, signal.SIGINT)

    with platform(data_folder, **offline()) as (process, printed):
        assert answer(printed) == 200
        dies_whole(process)

    assert "Installing" not in printed
    assert "Preparing the database" not in printed
    assert re.search(r"^ 启动用时：\d+\.\d 秒$", printed, re.MULTILINE), printed


def test_the_scheduler_does_what_was_left_due_and_a_signal_ends_the_run_whole(
    data_folder: Path,
) -> None:
    database = data_folder / "db.sqlite3"
    payload = '{"index": "one that is no longer kept", "kind": "agency", "key": "gone"}'
    row = ("index", "left over", payload, "2020-01-01 00:00:00")

    def asked(query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(database, timeout=30)) as now:
            return now.execute(query).fetchall()

    with platform(data_folder, SWEEP_SECONDS="1") as (process, printed):
        assert answer(printed) == 200
        first_load = "SELECT count(*) > 500, count(DISTINCT done_at) FROM marketplace_effect"
        assert asked(f"{first_load} WHERE kind = 'index'") == [(1, 1)]  # at once, by no sweep
        with closing(sqlite3.connect(database, timeout=30)) as left:
            left.execute(
                "INSERT INTO marketplace_effect"
                " (kind, key, payload, due_at, attempt_count, last_error)"
                " VALUES (?, ?, ?, ?, 0, '')",
                row,
            )
            left.commit()
        done_at = "SELECT done_at FROM marketplace_effect WHERE key = 'left over'"
        wait_until(lambda: asked(done_at) != [(None,)])
        ends_whole(process, signal.SIGTERM)


@pytest.mark.any_broker
def test_another_versions_database_is_left_as_it_is_and_the_way_out_is_said(tmp_path: Path) -> None:
    database = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(database)) as made:
        made.execute("CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app, name, applied)")
        made.executemany(
            "INSERT INTO django_migrations VALUES (?, ?, ?, '2026-11-01')",
            [
                (1, "marketplace", "0001_users"),
                (2, "marketplace", "0002_parties_catalogue_and_rules"),
                (3, "bidding", "0001_initial"),
            ],
        )
        made.commit()
        before = list(made.iterdump())

    with platform(tmp_path) as (process, printed):
        assert process.wait() == 1

    assert f"The database {database} was made by a version" in printed
    assert "`make clean`" in printed
    with closing(sqlite3.connect(database)) as kept:
        assert list(kept.iterdump()) == before
