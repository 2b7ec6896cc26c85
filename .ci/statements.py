"""
A pytest plugin that decides which tests the second database sees: `-p statements`.

Two databases differ in how they answer a statement. So `--note-statements FILE` writes down, on the
first database, which statements each test sends, and `--choose-by FILE` leaves of a run on the
second the tests that matter there:

- every test that commits, for what a commit brings to light;
- every test that the first run did not have;
- for every statement that none of them sends, the test that sends it and sends the fewest others:
  the one that is about it. Of these, none is left whose statements the narrower ones send as well.

A statement is its text without its values, whether it locks, and what error it ended with. What a
journey asks for itself, to find its way or to see what has come of it, is none of the program's.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import re
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from django.db import Error
from django.db.backends.utils import CursorWrapper
from django.db.models.sql.compiler import SQLCompiler

Sent = dict[str, list[str]]
"""By test the statements that it sends."""

SAVEPOINT = re.compile(r'"s\d+_x\d+"')
JOURNEYS = str(Path(__file__).resolve().parent.parent / "tests" / "journeys")
LIBRARIES = (sys.prefix, sys.base_prefix, __file__)
VALUES = re.compile(r"\((?:%s(?:, )?)+\)(?:, \((?:%s(?:, )?)+\))*")
# one row like another, one more branch of a choice, one more of several paths
NULLS = re.compile(r"(= |THEN )NULL\b")
AGAIN = re.compile(r"(\((?:[^()]|\([^()]*\))*\)(?: THEN %s)?)(?:(?:, | OR | WHEN )\1)+")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--note-statements", type=Path, help="write which test sends what to a file")
    parser.addoption("--choose-by", type=Path, help="run what such a file calls for")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--note-statements"):
        config.pluginmanager.register(Notes(config))


@lru_cache(maxsize=5000)
def form_of(sql: str, *, locks: bool, error: str = "") -> str:
    """Name a statement whatever its values and however many they are."""
    plain = NULLS.sub(r"\1%s", VALUES.sub("(%s)", SAVEPOINT.sub("point", sql)))
    plain = AGAIN.sub(r"\1", plain)
    return hashlib.sha256(f"{locks}{error}{plain}".encode()).hexdigest()[:16]


def commits(item: pytest.Item) -> bool:
    marks = [*item.iter_markers("django_db")]
    return "transactional_db" in item.fixturenames or any(  # type: ignore[attr-defined]
        mark.kwargs.get("transaction") for mark in marks
    )


def is_asked_by_a_journey() -> bool:
    """Tell whether what sends the statement, beyond the libraries, stands in a journey."""
    frame = inspect.currentframe()
    while frame and frame.f_code.co_filename.startswith(LIBRARIES):
        frame = frame.f_back
    return frame is not None and frame.f_code.co_filename.startswith(JOURNEYS)


class Notes:
    """What the tests of this process send, and at its end what those of all processes sent."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.noted: Sent = {}
        self.sent: set[str] = set()
        self.locking = threading.local()
        _around(SQLCompiler, "execute_sql", self._compile)
        _around(CursorWrapper, "_execute_with_wrappers", self._send)

    def _compile(
        self, run: Callable[..., Any], compiler: SQLCompiler, *args: Any, **named: Any
    ) -> Any:
        self.locking.now = compiler.query.select_for_update
        try:
            return run(compiler, *args, **named)
        finally:
            self.locking.now = False

    def _send(
        self, run: Callable[..., Any], cursor: Any, sql: str, *args: Any, **named: Any
    ) -> Any:
        locks = getattr(self.locking, "now", False)
        try:
            answer = run(cursor, sql, *args, **named)
        except Error as error:
            self._note(form_of(sql, locks=locks, error=repr(error)))
            raise
        self._note(form_of(sql, locks=locks))
        return answer

    def _note(self, form: str) -> None:
        if form not in self.sent and not is_asked_by_a_journey():
            self.sent.add(form)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.sent.clear()
        answer = yield
        self.noted[item.nodeid] = sorted(self.sent)
        return answer

    def pytest_testnodedown(self, node: Any) -> None:
        """Add what a process of pytest-xdist has noted."""
        self.noted.update(getattr(node, "workeroutput", {}).get("statements", {}))

    def pytest_sessionfinish(self) -> None:
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput["statements"] = self.noted
        else:
            text = json.dumps(self.noted, sort_keys=True)
            self.config.getoption("--note-statements").write_text(text, encoding="utf-8")


def _around(owner: type, name: str, around: Callable[..., Any]) -> None:
    run = getattr(owner, name)
    setattr(owner, name, lambda self, *args, **named: around(run, self, *args, **named))


def chosen(noted: Sent, tests: Mapping[str, bool]) -> set[str]:
    """Return those of `tests`, each with whether it commits, that the second database sees."""
    stay = {test for test, commits in tests.items() if commits or test not in noted}
    senders = Counter(form for test in stay for form in noted.get(test, ()))
    about: dict[str, tuple[int, str]] = {}
    for test in tests.keys() - stay:
        sender = (len(noted[test]), test)
        for form in noted[test]:
            about[form] = min(about.get(form, sender), sender)
    narrowest = {sender for form, sender in about.items() if not senders[form]}
    senders.update(form for _count, test in narrowest for form in noted[test])
    for _count, test in sorted(narrowest, reverse=True):
        if all(senders[form] > 1 for form in noted[test]):
            senders.subtract(noted[test])
        else:
            stay.add(test)
    return stay


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    path = config.getoption("--choose-by")
    if not path or not path.exists():
        return
    noted = json.loads(path.read_text(encoding="utf-8"))
    stay = chosen(noted, {item.nodeid: commits(item) for item in items})
    left = [item for item in items if item.nodeid not in stay]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item.nodeid in stay]
