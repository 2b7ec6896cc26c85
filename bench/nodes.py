"""
Whether a cluster of three answers while one of its nodes is stopped and while it is built anew.

Run by `make bench-nodes`: `deploy/elasticsearch/run.sh` starts the nodes and says their addresses
and processes. The same questions are asked without a pause; an answer that the index does not give
is counted as missed. The node that is stopped is the one that holds the shard that is written.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

COUNT, SECONDS = 20_000, 8


class Asking:
    """Ask questions one after the other in a thread of its own, and note how long each took."""

    def __init__(self, index: Any) -> None:
        self.index = index
        self.taken: list[float] = []
        self.missed = 0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self) -> Asking:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _ask(self) -> None:
        from bench.search import QUESTIONS
        from search.index import IndexUnavailable
        from search.query import parse

        texts, turn = list(QUESTIONS.values()), 0
        while not self._is_over.is_set():
            start = time.perf_counter()
            try:
                self.index.find(parse(texts[turn % len(texts)]))
            except IndexUnavailable:
                self.missed += 1
            else:
                self.taken.append((time.perf_counter() - start) * 1000)
            turn += 1


def measured(name: str, index: Any, during: Callable[[], None]) -> None:
    """Ask while something happens, and print what came of it as a row."""
    with Asking(index) as asking:
        during()
    cuts = quantiles(asking.taken, n=100, method="inclusive")
    figures = f"{cuts[49]:.1f} | {cuts[94]:.1f} | {max(asking.taken):.0f}"
    print(f"| {name} | {len(asking.taken):,} | {asking.missed} | {figures} |", flush=True)


def primary_of(index: Any) -> int:
    """Return which of the nodes, counted from 0, holds the shard that is written."""
    [name] = index.client.indices.get_alias(name=index.alias)
    rows = index.client.cat.shards(index=name, format="json")
    [node] = [row["node"] for row in rows if row["prirep"] == "p"]
    return int(node.rpartition("-")[2]) - 1


def wait(seconds: float = SECONDS) -> None:
    """Let questions be asked for a while."""
    threading.Event().wait(seconds)


def main() -> None:
    """Build, stop a node, build anew, and print how questions were answered meanwhile."""
    processes = [int(pid) for pid in os.environ["ELASTICSEARCH_PIDS"].split()]
    with TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/nodes.sqlite3"
        os.environ.setdefault("DATA_DIR", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.project.settings.dev")
        import django

        django.setup()
        from bench.search import documents
        from search.backends import indexes

        index: Any = indexes()[0]
        index.rebuild(documents(COUNT), 1)
        index.patient.cluster.health(wait_for_status="green", timeout="30s")
        print("| while | answered | missed | p50 ms | p95 ms | longest ms |")
        print("|---|---|---|---|---|---|")
        measured("all three are there", index, wait)
        stopped = processes[primary_of(index)]

        def stop() -> None:
            os.kill(stopped, signal.SIGTERM)
            wait()

        def rebuild() -> None:
            index.rebuild(documents(COUNT), 2)

        measured("one is stopped", index, stop)
        measured("one is away and the index is built anew", index, rebuild)


if __name__ == "__main__":
    main()
