"""The two sites that are measured, ours and the baseline: their databases, servers and readers."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

CHECKOUT = Path(__file__).resolve().parent.parent
BASELINE = "f8ebcc5"
TICKS = os.sysconf("SC_CLK_TCK")
START = ("--host", "127.0.0.1", "--port")
OURS = ("asginl", "marketplace.project.asgi:application")
BARE = ("asginl", "bench.bare:application")
FLOOR = ("asginl", "bench.floor:application")
BEFORE = ("wsgi", "marketplace.project.wsgi:application")
SIGN_IN = (
    "from django.test import Client; from django.contrib.auth import get_user_model;"
    "client = Client();"
    "client.force_login(get_user_model().objects.get(username={0!r}));"
    "print(client.cookies['sessionid'].value)"
)


def database(name: str) -> str:
    """Return the address of another database beside that of DATABASE_URL."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def psql(statement: str) -> None:
    """Let the database's own client carry out a statement that no transaction may hold."""
    subprocess.run(
        ["psql", "--quiet", "--dbname", database("postgres"), "--command", statement], check=True
    )


def children(pid: int) -> list[int]:
    """Return the processes that a process has started and that still run."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in found.split()]


def cpu_seconds(pid: int, *, ended: bool = False) -> float:
    """Return how long a process has been on a processor, with its children that have `ended`."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, stat[11 : 15 if ended else 13])) / TICKS


def database_seconds() -> float:
    """Return how long all processes of the database beside us have been on a processor."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    status = Path(f"/proc/{backend}/stat").read_text(encoding="ascii").rpartition(")")[2]
    first = int(status.split()[1])
    return cpu_seconds(first, ended=True) + sum(map(cpu_seconds, children(first)))


@dataclass(frozen=True)
class Site:
    """A checkout with a database of its own."""

    name: str
    checkout: Path

    def environment(self, **more: str) -> dict[str, str]:
        """Return what its programs are told."""
        data = CHECKOUT / "var" / "bench" / self.name
        data.mkdir(parents=True, exist_ok=True)
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "marketplace.project.settings.dev",
            "DATABASE_URL": database(self.name),
            "DATA_DIR": str(data),
            "DEMO": "1",
            "DEMO_CROWD": "0",
            "LOG_LEVEL": "ERROR",
            **more,
        }

    def python(self, *command: str, **more: str) -> str:
        """Run our Python in the checkout; return what it prints."""
        return subprocess.run(
            [sys.executable, *command],
            check=True,
            cwd=self.checkout,
            env=self.environment(**more),
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ).stdout

    def fill(self) -> None:
        """Make its database anew and fill it with the demo province."""
        psql(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        psql(f'CREATE DATABASE "{self.name}"')
        self.python("manage.py", "migrate", "--verbosity=0")
        self.python("manage.py", "demo", "--verbosity=0")

    def asked(self, question: str) -> str:
        """Return what the database answers to a question of one row, empty where it cannot."""
        command = ["psql", "--quiet", "--tuples-only", "--dbname", database(self.name)]
        done = subprocess.run(
            [*command, "--command", question], check=False, capture_output=True, text=True
        )
        return done.stdout.strip()

    def is_filled(self) -> bool:
        """Tell whether the demo province is there, to its end."""
        return self.asked("SELECT 'yes' FROM marketplace_organization LIMIT 1") == "yes"

    def is_grown(self) -> bool:
        """Tell whether the province has been grown."""
        many = "SELECT 'yes' FROM bidding_tender WHERE id > 100000000 LIMIT 1"
        return self.asked(many) == "yes"

    def session_of(self, username: str) -> str:
        """Sign an account in; return the key of its session."""
        shell = ("manage.py", "shell", "--verbosity=0", "--command", SIGN_IN.format(username))
        return self.python(*shell).split()[-1]


def ours() -> Site:
    """Return this checkout, on the database of DATABASE_URL."""
    return Site(urlsplit(os.environ["DATABASE_URL"]).path.lstrip("/"), CHECKOUT)


def baseline() -> Site:
    """
    Return the baseline in a worktree below .cache.

    It asks for no package that we have not pinned at the same version, so our Python runs it.
    """
    checkout = CHECKOUT / ".cache" / "baseline"
    if not checkout.exists():
        command = ["git", "worktree", "add", "--force", "--quiet", "--detach", str(checkout)]
        subprocess.run([*command, BASELINE], cwd=CHECKOUT, check=True)
    return Site("baseline", checkout)


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, and its first process."""

    port: int
    pid: int

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def get(self, path: str, cookie: str = "") -> tuple[int, bytes]:
        """Ask once, and follow no redirect; return the status and the body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def processes(self) -> list[int]:
        """Return the processes that answer: the children of the first one."""
        return children(self.pid)

    def cpu_seconds(self) -> float:
        """Return how long its processes have been on a processor."""
        return sum(map(cpu_seconds, (self.pid, *self.processes())))

    def megabytes(self) -> float:
        """Return what the largest of the processes that answer holds of the memory."""
        pages = [
            int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
            for pid in self.processes()
        ]
        return max(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextlib.contextmanager
def served(
    site: Site, application: tuple[str, str] = OURS, *, ready: str = "/healthz", **more: str
) -> Iterator[Server]:
    """Serve a site with granian on a free port, as `deploy/run.py` does."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    interface, target = application
    command = [sys.executable, "-m", "granian", "--interface", interface, *START, str(port)]
    if application == BEFORE:
        command += ["--blocking-threads", "8"]
    if interface == "asginl":
        command += ["--backpressure", "4096"]
    command += ["--workers", more.pop("workers", "1"), "--no-access-log", target]
    process = subprocess.Popen(
        command,
        cwd=site.checkout,
        env=site.environment(**more),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    server = Server(port, process.pid)
    try:
        for _attempt in range(600):
            with contextlib.suppress(OSError, http.client.HTTPException):
                if server.get(ready)[0] == 200:
                    break
            if process.poll() is not None:
                raise SystemExit(f"the server of {target} ends by itself")
            # time.sleep fails under the suite's moved clock: libfaketime shifts its absolute end
            threading.Event().wait(0.1)
        yield server
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()
