"""
A pytest plugin that writes down how each test ended: `-p tally --tally FILE`, also under xdist.
A second run of the same suite adds to what the first one wrote.

What tests note with record_property is added up by name. The summary line that pytest prints is for
people; CI counts from this file. With --collect-only it writes every test and its markers instead,
so that CI can say which test no suite has run.
"""

import json
from collections import Counter
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--tally", type=Path, help="write how each test ended to this file")


def pytest_configure(config: pytest.Config) -> None:
    path = config.getoption("--tally")
    if path and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Tally(path.resolve()))


class Tally:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.collected: dict[str, list[str]] = {}
        self.outcomes: dict[str, str] = {}
        self.sums: Counter[str] = Counter()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        if session.config.option.collectonly:
            for item in session.items:
                self.collected[item.nodeid] = sorted({mark.name for mark in item.iter_markers()})

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.outcomes[report.nodeid] = "failed"
        elif report.skipped:
            self.outcomes[report.nodeid] = "skipped"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the worst of set-up, call and tear-down; an expected failure counts as skipped."""
        if report.failed:
            self.outcomes[report.nodeid] = "failed"
        elif report.skipped:
            self.outcomes.setdefault(report.nodeid, "skipped")
        elif report.when == "call":
            self.sums.update(dict(report.user_properties))
            self.outcomes.setdefault(report.nodeid, "passed")

    def pytest_sessionfinish(self) -> None:
        if self.path.exists():
            earlier = json.loads(self.path.read_text(encoding="utf-8"))
            self.outcomes = earlier["outcomes"] | self.outcomes
            self.sums.update(earlier["sums"])
        text = json.dumps(
            {"collected": self.collected, "outcomes": self.outcomes, "sums": self.sums}, indent=1
        )
        self.path.write_text(text, encoding="utf-8")
