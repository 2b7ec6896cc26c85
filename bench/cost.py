"""
What each page, queue and sweep costs here, as JSON: `python -m bench.cost`.

Measured in one process through Django's test client, on the database of DATABASE_URL, without kept
pages. What counts is the time on a processor, of this process and of the database's beside it, the
least of some reads: so the work of others on the same machine hardly shows. Two databases are
compared by `bench.growth`.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bidding.models import Tender
    from marketplace.models import Organization

REPEATS = int(os.environ.get("BENCH_REPEATS", "5"))
SCAN = re.compile(r"((?:Seq|Index|Index Only|Bitmap Heap) Scan .*)")
PATIENCE = 2.0
"""Seconds after which a page is not measured again."""
WARM_UPS = 8
"""Reads that are not measured: a connection plans a statement anew until it has come so often."""

PUBLIC = (
    "/",
    "/tenders/",
    "/tenders/?sort=price",
    "/tenders/?q=可行性研究",
    "/tenders/?phase=open",
    "/tenders.csv",
    "/tenders.jsonl?phase=open",
    "/tenders/{order}/",
    "/tenders/{order}/verify/",
    "/awards/",
    "/awards.csv",
    "/contracts.csv",
    "/items/",
    "/items/{item}/",
    "/items.csv",
    "/classes/{service_class}/",
    "/approvals/",
    "/places/{place}/",
    "/owners/{owner}/",
    "/agencies/",
    "/agencies/?q=知策",
    "/agencies.csv",
    "/agencies/publicity/",
    "/agencies/departments/",
    "/agencies/{agency}/",
    "/credit/",
    "/credit.csv",
    "/credit/scheme/",
    "/complaints/",
    "/complaints.csv",
    "/inspections/",
    "/search/?q=可行性研究",
    "/rules/",
    "/laws/",
    "/laws/{law}/",
    "/statistics/",
    "/statistics/prices/",
    "/statistics/prices.csv",
    "/statistics/rankings/",
    "/statistics/rankings.csv",
    "/feeds/tenders.atom",
    "/sitemap-tenders.xml",
)
OPERATOR = (
    "/workbench/",
    "/inbox/",
    "/operator/tenders/",
    "/operator/admissions/",
    "/operator/changes/",
    "/operator/performance/",
    "/operator/moves/",
    "/operator/owners/",
    "/operator/reports/",
    "/operator/disputes/",
    "/expert-pool/",
)
SIGNED_IN = {
    "zhice": (
        "/workbench/",
        "/tenders/{order}/",
        "/agency/matches/",
        "/agency/items/",
        "/agency/bids/",
        "/agency/inspections/",
        "/contracts/",
        "/disputes/",
        "/inbox/",
        "/saved/",
        "/members/",
        "/admission/",
        "/admission/changes/",
        "/admission/performance/",
        "/admission/moves/",
        "/credit/record/",
        "/credit/record/score/",
    ),
    "gucheng": (
        "/workbench/",
        "/buyer/tenders/",
        "/buyer/templates/",
        "/contracts/",
        "/disputes/",
        "/inbox/",
        "/owners/{owner}/",
    ),
    "zhanggong1": OPERATOR,
    "jiangxi1": OPERATOR,
    "jianguan1": (
        "/workbench/",
        "/inbox/",
        "/regulator/cases/",
        "/regulator/cases/board/",
        "/regulator/standing/",
        "/regulator/lists/",
        "/regulator/agencies/{agency}/",
        "/inspections/",
    ),
    "guanli1": ("/workbench/", "/manager/rules/", "/manager/catalogue/", "/manager/terms/"),
}


@dataclass(frozen=True)
class Cost:
    """
    What one page costs.

    Seconds of processor in all, those of the database alone, and those that its reading statements
    take as text, without Django; how many statements and bytes it sends, and how the database goes
    about the slowest one. `anew` are the seconds of the first read after something public changed.
    """

    seconds: float
    anew: float
    sql: float
    text: float
    statements: int
    bytes: int
    plan: list[str]


def backend_seconds(pid: int) -> float:
    """Return how long a process of the database beside us has been on a processor (Linux)."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9


def backend() -> int:
    """Return the process that answers this connection; what it does, it does alone from now on."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def least(pid: int, read: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds of processor that the cheapest of some reads took, and the database's."""
    found: list[tuple[float, float]] = []
    until = time.monotonic() + PATIENCE
    while not found or (len(found) < REPEATS and time.monotonic() < until):
        here, there = time.process_time(), backend_seconds(pid)
        read()
        sql = backend_seconds(pid) - there
        found.append((time.process_time() - here + sql, sql))
    return min(found)


def warm(read: Callable[[], object]) -> None:
    """Read until everything is made and planned that is made and planned once."""
    until = time.monotonic() + PATIENCE
    for _number in range(WARM_UPS):
        read()
        if time.monotonic() > until:
            break


def measured(read: Callable[[], int]) -> Cost:
    """Return what a page costs that `read` asks for."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from marketplace.kernel import known

    def read_anew() -> None:
        known.forget()
        read()

    warm(read)
    with CaptureQueriesContext(connection) as context:
        size = read()
    captured = list(context)  # the next request forgets them
    asked = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
    pid = backend()
    seconds, sql = least(pid, read)
    anew, _sql = least(pid, read_anew)
    text, _sql = least(pid, lambda: [as_text(statement) for statement in asked])
    by_time = sorted(captured, key=lambda one: float(one["time"]))
    plan = plan_of(by_time[-1]["sql"]) if by_time else []
    return Cost(seconds, anew, sql, text, len(captured), size, plan)


def as_text(statement: str) -> list[Any]:
    """Send a statement without Django; return its rows."""
    from django.db import connection

    with connection.connection.cursor() as cursor:
        rows: list[Any] = cursor.execute(statement).fetchall()
        return rows


def plan_of(statement: str) -> list[str]:
    """Return how the database reads the tables of a statement, the outermost first."""
    if not statement.startswith("SELECT"):
        return []
    lines = [str(row[0]) for row in as_text(f"EXPLAIN (COSTS OFF) {statement}")]
    return [found[1] for line in lines if (found := SCAN.search(line))]


def named() -> dict[str, str]:
    """Return what stands for the names in the addresses."""
    from bidding.models import Tender
    from marketplace.models import Organization

    order = (
        Tender.objects.public().filter(status="complete", pk__lt=1_000_000).order_by("pk").first()
    )
    agency = Organization.objects.get(name__contains="知策", pk__lt=1_000_000)
    if order is None:
        raise SystemExit("there is no demo in this database")
    return names_of(order, agency)


def names_of(order: Tender, agency: Organization) -> dict[str, str]:
    """Return what stands for the names in the addresses, by an order and an agency."""
    from marketplace.kernel.models import Law
    from marketplace.models import ServiceClass

    return {
        "order": str(order.code),
        "item": order.item.code,
        "service_class": ServiceClass.objects.get(items=order.item_id).code,
        "owner": order.buyer.slug,
        "place": order.buyer.division_id,
        "agency": agency.slug,
        "law": Law.objects.get(name="优化营商环境条例").slug,
    }


def costs() -> Iterator[tuple[str, Cost]]:
    """Yield the cost of each page by its reader and address, and that of the schedule."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    names = named()
    for reader, paths in {"": PUBLIC, **SIGNED_IN}.items():
        client = Client(HTTP_HOST="127.0.0.1")
        if reader:
            client.force_login(get_user_model().objects.get(username=reader))
        for path in paths:
            address = path.format(**names)

            def read(client: Client = client, address: str = address) -> int:
                response = client.get(address)
                if response.status_code != 200:
                    raise SystemExit(f"{address} answers {response.status_code}")
                return sum(map(len, response)) if response.streaming else len(response.content)

            yield f"{reader} {path}".strip(), measured(read)
    yield "the sweep, with nothing due", measured(sweep)


def sweep() -> int:
    """Look for what is due, on the evening before the oldest deadline that runs."""
    from marketplace.kernel.due import run_due
    from marketplace.kernel.models import Deadline

    first = Deadline.objects.running().order_by("ends_at").first()
    if first is None:
        raise SystemExit("no deadline runs")
    return len(run_due(first.ends_at - timedelta(days=400)))


def main() -> None:
    """Print what each page costs."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.project.settings.dev")
    os.environ["KEPT_PAGES_BYTES"] = "0"
    django.setup()
    logging.disable(logging.WARNING)
    found: dict[str, Any] = {}
    for name, cost in costs():
        found[name] = asdict(cost)
        moments = (1000 * one for one in (cost.seconds, cost.anew, cost.sql))
        figures = "".join(f"{one:9.1f}" for one in moments)
        print(f"{figures} {cost.statements:4}", f"{cost.bytes:9,} {name}", file=sys.stderr)
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
