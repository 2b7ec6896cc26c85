"""
Search over very many documents: how long an index takes to build, and a question to be answered.

Run beside an empty database: `make bench-search` (SQLite in a temporary folder unless DATABASE_URL
says otherwise; with SEARCH_URL Elasticsearch is measured too; COUNT is how many documents). "Bare"
is what the engine alone takes for the same statements: without reading the question, putting the
hits in order and marking what was found. The mixed load is eight clients, while a ninth writes
fifty documents a second.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

COUNT, RUNS, CLIENTS, WRITES_A_SECOND, LOAD_SECONDS = 200_000, 20, 8, 50, 10
GOAL_MS = 150
NEWEST = datetime(2026, 11, 24, tzinfo=UTC)
CITIES = ("南昌", "景德镇", "萍乡", "九江", "新余", "鹰潭", "赣州", "吉安", "宜春", "抚州", "上饶")
PLACES = (
    "章贡",
    "南康",
    "于都",
    "信丰",
    "东湖",
    "浔阳",
    "珠山",
    "渝水",
    "安源",
    "月湖",
    "吉州",
    "袁州",
    "临川",
    "信州",
    "庐山",
    "瑞金",
)
WORKS = (
    "水厂",
    "道路",
    "桥梁",
    "学校",
    "医院",
    "产业园",
    "污水管网",
    "古城墙",
    "码头",
    "泵站",
    "水库",
    "公园",
    "车站",
    "仓库",
)
SERVICES = (
    "环境影响报告表编制",
    "可行性研究报告编制",
    "水土保持方案编制",
    "初步设计及概算编制",
    "工程监理",
    "测绘",
    "节能报告编制",
    "水资源论证报告书编制",
    "地质灾害危险性评估",
    "安全评价",
    "施工图设计文件审查",
    "工程造价咨询",
)
OWNERS = (
    "水利局",
    "住房和城乡建设局",
    "自然资源局",
    "教育局",
    "城投集团",
    "交通运输局",
    "文化和旅游局",
    "卫生健康委员会",
)
QUESTIONS = {
    "a word in very many": "工程",
    "a service": "水土保持方案编制",
    "an abbreviation": "环评",
    "three words": "赣州 章贡 测绘",
    "a fragment over words": "网安全评",
    "a code": "JX360702-2026-00777",
    "letters": "shuiku",
    "a slip": "水土保池方案",
}


def documents(count: int) -> Iterator[Any]:
    """Yield documents as a grown province would have: the same for the same number."""
    from search.facets import AMOUNT, CLASS, DATE, REGION, STATUS, step_of
    from search.index import Document

    for n in range(count):
        dice = blake2b(str(n).encode(), digest_size=8).digest()
        city, place = CITIES[dice[0] % len(CITIES)], PLACES[dice[1] % len(PLACES)]
        work, service = WORKS[dice[2] % len(WORKS)], SERVICES[dice[3] % len(SERVICES)]
        owner = OWNERS[dice[4] % len(OWNERS)]
        region = f"36{dice[0] % len(CITIES) + 1:02d}"
        code = f"JX360702-2026-{n:05d}"
        yield Document(
            kind=("tender", "tender", "award", "contract", "notice")[dice[5] % 5],
            key=str(n),
            title=f"{city}市{place}区{work}{n % 97}期工程{service}",
            facts=(f"{city}市{place}区", service.removesuffix("编制"), f"{place}区{owner}"),
            body=f"{city}市{place}区{owner}委托办理{work}工程的{service}，" * 4,
            url=f"/tenders/{code}/",
            codes=(code,),
            sort_at=NEWEST - timedelta(minutes=n * 3),
            facets=(
                *((REGION, f"{region}{dice[1] % 16 + 1:02d}"), (REGION, f"{region}00")),
                (CLASS, f"C{dice[3] % len(SERVICES):02d}"),
                (STATUS, ("open", "closed", "in_service")[dice[6] % 3]),
                (AMOUNT, step_of(dice[7] * 5_000)),
                *((DATE, one) for one in ("2026", f"2026-{dice[7] % 12 + 1:02d}")),
            ),
        )


@dataclass(frozen=True)
class Measured:
    """How long one kind of question takes, in milliseconds, and the engine alone."""

    name: str
    total: int
    p50: float
    p95: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.p50 / self.bare if self.bare else 0.0


def timed(run: Callable[[], Any], runs: int = RUNS) -> tuple[float, float]:
    """Return the median and the 95th of a hundred of what `run` takes, in milliseconds."""
    taken = []
    for _turn in range(runs):
        start = time.perf_counter()
        run()
        taken.append((time.perf_counter() - start) * 1000)
    cuts = quantiles(taken, n=100, method="inclusive")
    return cuts[49], cuts[94]


def answered(index: Any, text: str) -> int:
    """Answer a question as the page does, marks and all; return how much was found."""
    from search.answers import _asked
    from search.highlight import parts_of, snippet_of
    from search.query import parse

    given = _asked(index, parse(text), is_reserve=False)
    for hit in given.found.hits:
        parts_of(hit.title, given.query)
        snippet_of(hit.body, given.query)
    return given.total


def bare_of(index: Any, text: str) -> Callable[[], None]:
    """Return what asks the engine the same again, and nothing besides."""
    if index.name == "database":
        return _bare_statements(index, text)
    sent: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
    transport = index.client.transport
    perform = transport.perform_request

    def noting(*given: Any, **options: Any) -> Any:
        sent.append((given, options))
        return perform(*given, **options)

    transport.perform_request = noting
    answered(index, text)
    transport.perform_request = perform

    def again() -> None:
        for given, options in sent:
            perform(*given, **options)

    return again


def _bare_statements(index: Any, text: str) -> Callable[[], None]:
    from django.db import connection

    sent: list[tuple[str, Any]] = []

    def noting(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - as Django calls it
        sent.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(noting):
        answered(index, text)

    def again() -> None:
        with connection.cursor() as cursor:
            for sql, parameters in sent:
                cursor.execute(sql, parameters)
                cursor.fetchall()

    return again


def measure(index: Any) -> list[Measured]:
    """Measure each kind of question."""
    found = []
    for name, text in QUESTIONS.items():
        total = answered(index, text)
        p50, p95 = timed(lambda text=text: answered(index, text))  # type: ignore[misc]
        bare, _high = timed(bare_of(index, text))
        found.append(Measured(name, total, p50, p95, bare))
    return found


def under_load(index: Any, count: int) -> tuple[float, float, int]:
    """Return the median and 95th of questions by several at once beside writes, and how many."""
    from django.db import connection

    ends, taken, lock = time.monotonic() + LOAD_SECONDS, [], threading.Lock()
    texts = list(QUESTIONS.values())

    def ask(turn: int) -> None:
        while time.monotonic() < ends:
            start = time.perf_counter()
            answered(index, texts[turn % len(texts)])
            with lock:
                taken.append((time.perf_counter() - start) * 1000)
            turn += 1
        connection.close()

    def write() -> None:
        news = documents(count)
        version = 2
        while time.monotonic() < ends:
            start = time.monotonic()
            index.put(
                [replace(next(news), title="变更") for _n in range(WRITES_A_SECOND // 10)], version
            )
            version += 1
            threading.Event().wait(max(0.0, 0.1 - (time.monotonic() - start)))
        connection.close()

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(CLIENTS)]
    threads.append(threading.Thread(target=write))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = quantiles(taken, n=100, method="inclusive")
    return cuts[49], cuts[94], len(taken)


def size_of(index: Any) -> float:
    """Return the megabytes that an index takes."""
    from django.db import connection

    if index.name != "database":
        index.client.indices.refresh(index=index.alias)
        stats = index.client.indices.stats(index=index.alias, metric="store")
        return float(stats["_all"]["primaries"]["store"]["size_in_bytes"]) / 1e6
    if connection.vendor == "sqlite":
        return Path(connection.settings_dict["NAME"]).stat().st_size / 1e6
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('search_searchentry')")
        return float(cursor.fetchone()[0]) / 1e6


def report(index: Any, engine: str, count: int) -> None:
    """Build an index, measure it, and print it as tables."""
    start, cpu = time.perf_counter(), time.process_time()
    refused = index.rebuild(documents(count), 1)
    built, used = time.perf_counter() - start, time.process_time() - cpu
    print(f"\n## {engine}, {count:,} documents\n")
    print(
        f"Built in {built:.0f} s ({used:.0f} s of our CPU), {size_of(index):.0f} MB, "
        f"{refused} refused.\n"
    )
    print("| question | hits | p50 ms | p95 ms | bare ms | ratio |")
    print("|---|---|---|---|---|---|")
    for one in measure(index):
        figures = f"{one.p50:.1f} | {one.p95:.1f} | {one.bare:.1f} | {one.ratio:.2f}"
        print(f"| {one.name} | {one.total:,} | {figures} |")
    p50, p95, asked = under_load(index, count)
    print(
        f"\n{CLIENTS} clients beside {WRITES_A_SECOND} writes a second: p50 {p50:.0f} ms, "
        f"p95 {p95:.0f} ms, {asked / LOAD_SECONDS:.0f} questions a second."
    )


def main(arguments: Sequence[str]) -> None:
    """Measure the indexes of this installation."""
    count = int(arguments[0]) if arguments else COUNT
    with TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/search.sqlite3")
        os.environ.setdefault("DATA_DIR", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.project.settings.dev")
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        from marketplace.kernel import known
        from search.backends import indexes

        for index in indexes():
            engine = connection.vendor if index.name == "database" else index.name
            with known.at_version("bench"):  # as a page keeps what it has read of the vocabulary
                report(index, engine, count)


if __name__ == "__main__":
    main(sys.argv[1:])
