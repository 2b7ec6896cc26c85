"""The processes of a storm, to be killed: a server, workers with a scheduler each, a database."""

from __future__ import annotations

import contextlib
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Any

from bench.sites import CHECKOUT, OURS, START, database

PATIENCE = 60
RECOVERY = 2.0
"""How many seconds after its return a connection may still be found broken."""
SHORTEST, LONGEST = 1.0, 6.0
"""Between these many seconds pass from one kill to the next."""
WORKER = (sys.executable, "-m", "celery", "-A", "marketplace.project", "worker", "-P", "threads")
QUICK = {"SWEEP_SECONDS": "1", "EFFECT_LEASE_SECONDS": "5", "EFFECT_RETRY_SECONDS": "1"}


def wait_for(condition: Any, what: str) -> None:
    """Wait until `condition` is true; end the run when it is not for too long."""
    until = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > until:
            raise SystemExit(f"{what} did not come")
        # time.sleep fails under the suite's moved clock: libfaketime shifts its absolute end
        threading.Event().wait(0.05)


class Database:
    """The PostgreSQL beside us, which can be ended and started as it was."""

    def __init__(self) -> None:
        """Find its first process by one of its backends."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend = cursor.fetchone()[0]
        status = Path(f"/proc/{backend}/stat").read_text(encoding="ascii").rpartition(")")[2]
        self.pid = int(status.split()[1])
        command = Path(f"/proc/{self.pid}/cmdline").read_bytes().split(b"\0")
        self.command = [os.fsdecode(part) for part in command if part]
        owner, is_root = Path(f"/proc/{self.pid}").stat(), os.geteuid() == 0
        self.user: int | None = owner.st_uid if is_root else None
        self.group: int | None = owner.st_gid if is_root else None
        self.process: subprocess.Popen[bytes] | None = None
        self.away: list[tuple[float, float]] = []

    def restart(self, how: signal.Signals) -> None:
        """End it, politely (SIGINT) or at once (SIGQUIT), and start it again."""
        begin = time.time()
        os.kill(self.pid, how)
        wait_for(self._has_ended, "the end of the database")
        self.process = subprocess.Popen(
            self.command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=self.user,
            group=self.group,
        )
        self.pid = self.process.pid
        wait_for(self._answers, "the database")
        self.away.append((begin, time.time() + RECOVERY))

    def _has_ended(self) -> bool:
        if self.process is not None:
            return self.process.poll() is not None
        with contextlib.suppress(OSError):
            state = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii")
            return state.rpartition(")")[2].split()[0] == "Z"
        return True

    def _answers(self) -> bool:
        asked = ["psql", "--quiet", "--dbname", database("postgres"), "--command", "SELECT 1"]
        return subprocess.run(asked, check=False, capture_output=True).returncode == 0

    def end(self) -> None:
        """End what was started here; who made it ends the first."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait()


class Fleet:
    """What serves a site; any of it may be killed, and comes again on the same port."""

    def __init__(self, environment: dict[str, str], application: tuple[str, str] = OURS) -> None:
        """Give all of them `environment`; the server serves `application`."""
        self.application = application
        self.environment = {**environment, **QUICK}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.killed: Counter[str] = Counter()

    def __enter__(self) -> Fleet:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        for name in list(self.running):
            self._end(name, signal.SIGTERM)

    def start_server(self, *, waits: bool = True) -> None:
        """Start the server, and wait until it answers; behind a queue of bids that takes long."""
        interface, target = self.application
        command = [sys.executable, "-m", "granian", "--interface", interface, *START]
        command += [str(self.port), "--backpressure", "4096", "--no-access-log"]
        workers = self.environment.get("SERVER_WORKERS", "2")
        self._start("server", [*command, "--workers", workers, target])
        if waits:
            wait_for(self._answers, "the server")

    def start_worker(self, name: str) -> None:
        """Start a worker that sweeps too; it takes up work when it is ready."""
        own = Path(self.environment["DATA_DIR"]) / f"beat-{name}"
        self._start(name, [*WORKER, "-c", "2", "-B", "-n", f"{name}@%h", "-s", str(own)])

    def _start(self, name: str, command: list[str]) -> None:
        self.running[name] = subprocess.Popen(
            command,
            cwd=CHECKOUT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with (
            contextlib.suppress(OSError, http.client.HTTPException),
            contextlib.closing(connection),
        ):
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.client.OK
        return False

    def kill(self, name: str, *, waits: bool = True) -> None:
        """Kill one with all that it has started, and start it again."""
        self._end(name, signal.SIGKILL)
        self.killed[name] += 1
        if name == "server":
            self.start_server(waits=waits)
        else:
            self.start_worker(name)

    def _end(self, name: str, how: signal.Signals) -> None:
        process = self.running.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        process.wait()

    def suffer(self, own: Database, begin: float, seconds: float) -> None:
        """From `begin` on kill one after the other at random; twice the database is restarted."""
        restarts = [(begin + seconds / 3, signal.SIGINT), (begin + seconds * 2 / 3, signal.SIGQUIT)]
        while (now := time.time()) < begin + seconds:
            if restarts and now >= restarts[0][0]:
                own.restart(restarts.pop(0)[1])
                self.killed["database"] += 1
            elif now >= begin:
                self.kill(secrets.choice(sorted(self.running)), waits=False)
            part = secrets.randbelow(1000) / 1000
            threading.Event().wait(SHORTEST + (LONGEST - SHORTEST) * part)
