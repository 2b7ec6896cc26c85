"""
Fixtures for tests beside real processes: a Celery worker, and Chromium on a running platform.

`.ci/run` starts what they talk to and says where it is: BROKER_URL for the tests marked `broker`,
BROWSER_BASE_URL for the tests marked `browser`. A developer runs one of them, for example, with
`.ci/redis.sh .venv/bin/pytest -m broker` or
`python3 deploy/run.py --fresh -- .venv/bin/pytest -m browser`.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    StorageState,
    sync_playwright,
)

from tests.journeys.demo import ANONYMOUS, log_in

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60
HEIGHTS = {1440: 900, 390: 844}
# Without windows it needs a third less of a processor for the same pages; not every system has it.
CHROMIUMS = ("chromium-headless-shell", "chromium")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def wait_until(condition: Callable[[], object], *, seconds: float = PATIENCE) -> None:
    """Wait for another process; fail the test when `condition` stays false for so long."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"still not so after {seconds} s: {condition}")
        time.sleep(0.05)


# --- A real worker ------------------------------------------------------------------------------


def database_url() -> str:
    """Return the address of this test's own database, for another process."""
    values = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    password = f":{values['PASSWORD']}" if values["PASSWORD"] else ""
    return (
        f"postgres://{values['USER']}{password}@{values['HOST']}:{values['PORT']}/{values['NAME']}"
    )


class Worker:
    """A Celery worker process on the test's own database and broker."""

    def __init__(self, log: Path, **environment: str) -> None:
        self.log = log
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "marketplace.project.settings.dev",
            "DATABASE_URL": database_url(),
            "DATA_DIR": str(settings.DATA_DIR),
            "SECRET_KEY": settings.SECRET_KEY,
            "SWEEP_SECONDS": "1",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *, scheduler: bool = False) -> None:
        """Start it and wait until it takes tasks; with `scheduler` it also sweeps every second."""
        command = [sys.executable, "-m", "celery", "-A", "marketplace.project", "worker"]
        command += ["-P", "threads", "-c", "2", "--loglevel", "INFO"]
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [*command, *(["-B"] if scheduler else [])],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until(lambda: " ready." in self.log.read_text(encoding="utf-8", errors="replace"))

    def kill(self) -> None:
        """End it and its children at once, in the middle of whatever they do."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@pytest.fixture
def make_worker(tmp_path: Path) -> Iterator[Callable[..., Worker]]:
    """Return a function that makes workers, not started yet; all are ended after the test."""
    made: list[Worker] = []

    def make(**environment: str) -> Worker:
        made.append(Worker(tmp_path / f"worker-{len(made)}.log", **environment))
        return made[-1]

    yield make
    for worker in made:
        worker.kill()


def closed_port() -> int:
    """Return a port of 127.0.0.1 where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def silent_server() -> Iterator[tuple[str, Callable[[], int]]]:
    """Yield the address of a server that never answers, and how many have called there."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        callers: list[socket.socket] = []

        def calls() -> int:
            with suppress(BlockingIOError):
                while True:
                    callers.append(listener.accept()[0])
            return len(callers)

        host, port = listener.getsockname()
        yield f"{host}:{port}", calls
        for caller in callers:
            caller.close()


# --- A real browser -----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def base_url() -> str:
    """Return the address of the running platform, without a slash at its end."""
    return os.environ["BROWSER_BASE_URL"].rstrip("/")


def launch_chromium(playwright: Playwright) -> Browser:
    """Launch Debian's Chromium; what it would write into the home folder goes into the checkout."""
    found = [path for path in map(shutil.which, CHROMIUMS) if path]
    home = ROOT / ".cache" / "xdg"
    folders = {name: str(home) for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    return playwright.chromium.launch(
        executable_path=found[0] if found else "/usr/bin/chromium",
        args=CHROMIUM_FLAGS,
        env={**os.environ, **folders},
    )


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Launch Debian's Chromium once for all tests."""
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture
def problems() -> list[str]:
    """Return the list that collects what the pages of `browse` complained about."""
    return []


@pytest.fixture(scope="session")
def keys(chromium: Browser, base_url: str) -> Callable[[str], StorageState | None]:
    """Return a function that logs an account in, once for all tests, and returns its cookies."""

    @cache
    def key(login: str) -> StorageState | None:
        if login == ANONYMOUS:
            return None
        context = chromium.new_context(base_url=base_url)
        log_in(context.new_page(), login)
        cookies = context.storage_state()
        context.close()
        return cookies

    return key


@pytest.fixture
def browse(
    chromium: Browser,
    base_url: str,
    keys: Callable[[str], StorageState | None],
    problems: list[str],
) -> Iterator[Callable[..., Page]]:
    """
    Return a function that opens a page for a new visitor.

    `login` is an account of the demo that is logged in already; do not log it out.
    """
    contexts: list[BrowserContext] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            problems.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def new_visitor(
        *,
        login: str = ANONYMOUS,
        width: int = 1440,
        javascript: bool = True,
    ) -> Page:
        context = chromium.new_context(
            base_url=base_url,
            storage_state=keys(login),
            viewport={"width": width, "height": HEIGHTS[width]},
            java_script_enabled=javascript,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.on("console", note)
        context.on("weberror", lambda error: problems.append(f"exception: {error.error}"))
        return context.new_page()

    yield new_visitor
    for context in contexts:
        context.close()
