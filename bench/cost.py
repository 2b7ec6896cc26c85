"""
What each page, queue and sweep costs here, as JSON: `python -m bench.cost`.

Measured in one process through Django's test client, on the database of DATABASE_URL. Two databases
are compared by `bench.growth`.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

REPEATS = int(os.environ.get("BENCH_REPEATS", "5"))
PATIENCE = 2.0
"""Seconds after which a page is not measured again."""

PUBLIC = (
    "/",
    "/tenders/",
    "/tenders/?sort=price",
    "/tenders/?q=可行性研究",
    "/tenders/?phase=open",
    "/tenders.csv",
    "/awards/",
    "/awards.csv",
    "/contracts.csv",
    "/items/",
    "/items/{item}/",
    "/items.csv",
    "/agencies/",
    "/agencies/?q=知策",
    "/agencies.csv",
    "/agencies/publicity/",
    "/agencies/{agency}/",
    "/credit/",
    "/credit.csv",
    "/search/?q=可行性研究",
    "/tenders/{order}/",
    "/rules/",
    "/laws/",
)
SIGNED_IN = {
    "zhice": (
        "/workbench/",
        "/agency/matches/",
        "/agency/bids/",
        "/contracts/",
        "/inbox/",
        "/credit/record/",
    ),
    "gucheng": ("/workbench/", "/buyer/tenders/", "/contracts/"),
    "zhanggong1": ("/workbench/", "/operator/tenders/", "/operator/admissions/"),
    "jiangxi1": ("/workbench/", "/operator/tenders/", "/operator/admissions/"),
    "jianguan1": ("/workbench/", "/regulator/cases/", "/regulator/standing/"),
}


@dataclass(frozen=True)
class Cost:
    """What one page costs: seconds of its time and of its statements, and how many it sends."""

    seconds: float
    sql: float
    statements: int
    bytes: int
    slowest: str


def measured(read: Callable[[], int]) -> Cost:
    """Return the median of some reads."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    read()
    times: list[float] = []
    size = 0
    while len(times) < REPEATS and sum(times) < PATIENCE:
        start = time.perf_counter()
        size = read()
        times.append(time.perf_counter() - start)
    with CaptureQueriesContext(connection) as captured:
        read()
    slowest = max(captured, key=lambda one: float(one["time"]), default={"sql": "", "time": 0})
    return Cost(
        seconds=statistics.median(times),
        sql=sum(float(one["time"]) for one in captured),
        statements=len(captured),
        bytes=size,
        slowest=f"{slowest['time']} {slowest['sql']}",
    )


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
    return {"item": order.item.code, "agency": agency.slug, "order": str(order.code)}


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


def main() -> None:
    """Print what each page costs."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.project.settings.dev")
    django.setup()
    found = {}
    for name, cost in costs():
        found[name] = asdict(cost)
        figures = f"{cost.seconds * 1000:9.1f} ms {cost.sql * 1000:9.1f} {cost.statements:4}"
        print(figures, f"{cost.bytes:9,} {name}", file=sys.stderr)
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
