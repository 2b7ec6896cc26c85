"""
A hall with a thousand watchers and fifty bidders: how late each event is, and whether one is lost.

Run beside an empty PostgreSQL: `make bench-hall`. The watchers hold the stream as browsers do, the
bidders quote over HTTP, two of them at once each time, so that one of them is refused. The delay of
an event lasts from the moment in the record, read under the lock, to its arrival at a watcher: with
commit, reading, and the way to all who were told before.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import resource
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from bench.sites import Server, Site, database_seconds, ours, served

WATCHERS, BIDDERS, QUOTES = 1000, 50, 200
EVERY_SECONDS = 0.15
AT_ONCE = 50
QUOTED = re.compile(rb'event: quote\nid: (\d+)\ndata: .*?"at": (\d+)')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]*)"')
FORM = "application/x-www-form-urlencoded"


@dataclass
class Watcher:
    """Somebody who holds the stream: when each quote came, by its number."""

    delays: dict[int, float] = field(default_factory=dict)

    async def watch(self, port: int, path: str, is_here: asyncio.Event) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        left = b""
        try:
            while piece := await reader.read(65536):
                now, text = time.time() * 1000, left + piece
                is_here.set()
                for found in QUOTED.finditer(text):
                    self.delays.setdefault(int(found[1]), now - int(found[2]))
                left = text[-400:]
        finally:
            writer.close()


@dataclass
class Bidder:
    """Somebody with a seat, signed in."""

    session: str
    token: str = ""
    form: str = ""

    def ask(self, port: int, path: str, body: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={self.token}"}
        if body:
            headers["Content-Type"] = FORM
        connection.request("POST" if body else "GET", path, body=body or None, headers=headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("csrftoken="):
                self.token = value.partition("=")[2].partition(";")[0]
        connection.close()
        return answer.status, page

    def open(self, port: int, path: str) -> None:
        found = TOKEN.search(self.ask(port, path)[1])
        if found is None:
            raise SystemExit("a bidder finds no form")
        self.form = found[1]

    def quote(self, port: int, path: str, amount: Decimal, price: str) -> int:
        """Send a quote; return the status of the answer."""
        fields = {
            "csrfmiddlewaretoken": self.form,
            "amount": f"{amount:.2f}",
            "price": price,
            "key": str(uuid4()),
        }
        return self.ask(port, path, urlencode(fields))[0]


def open_a_hall(bidders: int) -> tuple[Any, list[Bidder]]:
    """Open the demo's hall with so many seats, and let each quote go down by a hundredth."""
    from bidding.actions.tenders import close_tender, open_hall
    from bidding.models import Bid, Seat, Tender
    from bidding.selection.methods import METHODS
    from marketplace.kernel import clock
    from marketplace.models import Organization

    live = [name for name, method in METHODS.items() if method.is_live]
    waiting = Tender.objects.filter(status__in=[Tender.Status.ACTIVE, Tender.Status.CLOSED])
    found = waiting.filter(method__in=live).order_by("pk").first()
    if found is None or found.tender_period_end is None:
        raise SystemExit("there is no order that awaits its hall")
    if found.status == Tender.Status.ACTIVE:
        close_tender(tender=found, at=found.tender_period_end)
    tender = open_hall(tender=found, at=clock.now())  # noqa: TID251 - a command's clock
    Tender.objects.filter(pk=tender.pk).update(floor=1)
    tender = Tender.objects.get(pk=tender.pk)
    hall: Any = tender.hall
    seats = list(Seat.objects.filter(hall=hall).select_related("bid__agency"))
    for number in range(len(seats) + 1, bidders + 1):
        agency: Any = Organization.objects.get(pk=seats[0].bid.agency_id)
        agency.pk, agency.slug, agency.uscc = (
            None,
            f"bench{number:04d}",
            f"91360000BENCH{number:05d}",
        )
        agency.name = f"{agency.name[:20]}{number}"
        agency.save(force_insert=True)
        moment: Any = tender.published_at
        bid = Bid.objects.create(
            tender=tender, agency=agency, submitted_by=tender.created_by, submitted_at=moment
        )
        seats.append(Seat.objects.create(hall=hall, bid=bid, number=number))
    return tender, [signed_in(seat) for seat in seats[:bidders]]


def signed_in(seat: Any) -> Bidder:
    """Return a new person of the agency, with a session."""
    from django.test import Client

    from marketplace.models import Membership, User

    user = User.objects.create(username=f"bench-{seat.number}", name="bench")
    Membership.objects.create(
        user=user, organization=seat.bid.agency, role=Membership.Role.AGENCY_MANAGER
    )
    client = Client()
    client.force_login(user)
    return Bidder(client.cookies["sessionid"].value)


def spent(server: Server) -> float:
    """Return how long server and database have been on a processor."""
    return server.cpu_seconds() + database_seconds()


async def held(server: Server, path: str, bidders: Sequence[Bidder], start: Decimal) -> Any:
    """Let all watch, then two bidders quote at once, again and again; return what came of it."""
    watchers = [Watcher() for _number in range(WATCHERS)]
    tasks = []
    for begin in range(0, WATCHERS, AT_ONCE):
        here = [asyncio.Event() for _one in range(AT_ONCE)]
        tasks += [
            asyncio.create_task(one.watch(server.port, f"/live{path}", event))
            for one, event in zip(watchers[begin : begin + AT_ONCE], here, strict=True)
        ]
        await asyncio.wait_for(asyncio.gather(*(event.wait() for event in here)), 60)
    before, began = await asyncio.to_thread(spent, server), time.monotonic()
    statuses, amount, price = [], start, ""
    with ThreadPoolExecutor(2) as clients:
        loop = asyncio.get_running_loop()
        for number in range(QUOTES):
            pair = bidders[2 * number % len(bidders)], bidders[(2 * number + 1) % len(bidders)]
            sent = [
                loop.run_in_executor(
                    clients, one.quote, server.port, f"{path}quote/", amount, price
                )
                for one in pair
            ]
            statuses += await asyncio.gather(*sent)
            price, amount = f"{amount:.2f}", amount - Decimal("0.02")
            await asyncio.sleep(EVERY_SECONDS)
    seconds, cpu = time.monotonic() - began, await asyncio.to_thread(spent, server) - before
    await asyncio.sleep(2)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return watchers, statuses, seconds, cpu


def measure(site: Site, *, workers: int = 2) -> dict[str, Any]:
    """Return the delay of the events in milliseconds, what was lost, and the answers."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 8192)), hard))
    tender, bidders = open_a_hall(BIDDERS)
    path = f"/tenders/{tender.code}/hall/"
    with served(site, workers=str(workers), DEMO="0") as server:
        for bidder in bidders:
            bidder.open(server.port, f"{path}quote/?amount=1")
        watchers, statuses, seconds, cpu = asyncio.run(held(server, path, bidders, tender.ceiling))
        megabytes = server.megabytes()
    from bidding.models import Quote

    recorded = Quote.objects.filter(hall__tender=tender).count()
    delays = [delay for watcher in watchers for delay in watcher.delays.values()]
    cuts = quantiles(delays, n=100)
    return {
        "watchers": WATCHERS,
        "bidders": BIDDERS,
        "quotes": recorded,
        "answered": statuses.count(302),
        "refused": len(statuses) - statuses.count(302),
        "lost": WATCHERS * recorded - len(delays),
        "p50_ms": round(cuts[49]),
        "p95_ms": round(cuts[94]),
        "p99_ms": round(cuts[98]),
        "most_ms": round(max(delays)),
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "megabytes": round(megabytes),
    }


def main() -> None:
    """Fill a database, hold a hall in it and print what was found."""
    import django

    site = ours()
    if not site.is_filled():
        site.fill()
    os.environ.update(site.environment(DEMO="0"))
    django.setup()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    found = measure(site)
    json.dump({**found, "load": load}, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
