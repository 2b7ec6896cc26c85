"""
A server process of its own on the test's database, for the tests beside it.

Each line that it reads names what to do; each line that it writes is the answer as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from tests.servers import ROOT, database_url


class OtherProcess:
    """It asks for a page, or carries out an act of `tests.other_acts`."""

    def __init__(self) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "marketplace.project.settings.dev",
            "DATABASE_URL": database_url(),
            "DATA_DIR": str(settings.DATA_DIR),
            "ALLOWED_HOSTS": "testserver",
            "LOG_LEVEL": "ERROR",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.other_acts"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _ask(self, **asked: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def get(self, path: str) -> str:
        """Return what a reader without a session is shown at `path` there."""
        return str(self._ask(path=path))

    def act(self, name: str, **values: Any) -> Any:
        """Carry out an act there, and commit it."""
        return self._ask(act=name, values=values)

    def hits(self) -> int:
        """Return how many pages were kept when they were asked for there."""
        return int(self._ask(hits=True))

    def end(self) -> None:
        """Close its input, at which it ends."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        # with a limit it would sleep, which fails under the suite's moved clock
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture(scope="module")
def _process(django_db_setup: None) -> Iterator[OtherProcess]:
    process = OtherProcess()
    yield process
    process.end()


@pytest.fixture
def other(_process: OtherProcess) -> OtherProcess:
    """Return another process on this test's database, which knows nothing of earlier tests."""
    _process.act("forget")
    return _process
