"""
Bids of 32 clients on one order, beside pgbench with the very statements that these bids send.

Each client is an agency of its own, signed in; it opens the form, and then all send their amounts
at once: what is timed lasts from the first amount to the last answer. The first round is not timed,
in which each process makes what it makes once. At the end they bid through the deadline. What
pgbench sends is rolled back at its end instead of committed, so that it can be sent again and
again; so is what a view sends that does nothing else (`bench.floor`), the most that a page can do.
"""

from __future__ import annotations

import html
import http.client
import json
import re
import resource
import socket
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from bench.sites import FLOOR, Server, Site, database, database_seconds, served

CLIENTS = 32
ROUNDS = 8
WARM_UPS = 2
SECONDS = 6
LAST_ROUNDS = timedelta(seconds=5)
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|seen|key)" value="([^"]*)"')
TPS = re.compile(r"tps = ([\d.]+)")
COUNT = re.compile(r"actually processed: (\d+)")
FORM = "application/x-www-form-urlencoded"
PIECE = 64 * 1024
SKIPPED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")


@dataclass
class Bidder:
    """One client: its session, its form as it was opened, and what it was answered."""

    session: str
    agency: int
    path: str = ""
    port: int = 0
    token: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    accepted: int = 0
    too_late: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    message: bytes = b""
    connection: socket.socket | None = None

    def ask(self, method: str, body: str = "") -> tuple[int, str]:
        """Send a request; return the status and the page."""
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={self.token}"}
        if body:
            headers["Content-Type"] = FORM
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, self.path, body=body or None, headers=headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("csrftoken="):
                self.token = value.partition("=")[2].partition(";")[0]
        connection.close()
        return answer.status, page

    def open(self) -> None:
        """Open the form and keep what it would send along."""
        self.fields = {
            name: html.unescape(value) for name, value in HIDDEN.findall(self.ask("GET")[1])
        }

    def prepare(self, amount: int) -> None:
        """Make ready what is sent, and connect: what a client does before is not timed."""
        body = urlencode({**self.fields, "amount": amount}).encode()
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n"
            f"Cookie: sessionid={self.session}; csrftoken={self.token}\r\n"
            f"Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.message = head.encode() + body
        self.connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def send(self) -> int:
        """Send what is ready; return the status of the answer, read to its end."""
        assert self.connection is not None  # noqa: S101 - made ready before
        with self.connection as connection:
            connection.sendall(self.message)
            answer = connection.recv(PIECE)
            while connection.recv(PIECE):
                pass
        return int(answer[9:12])

    def bid(self, amount: int, ends_at: float | None = None) -> int:
        """Send an amount; return the status."""
        self.prepare(amount)
        return self.send_bid(ends_at)

    def send_bid(self, ends_at: float | None = None) -> int:
        """Send the amount that is ready; return the status."""
        sent_at = time.time()
        status = self.send()
        self.answers[status] += 1
        if status == 302:
            self.accepted += 1
            self.too_late += ends_at is not None and sent_at >= ends_at
        return status


def open_order() -> Any:
    """Return an open order in which every agency of a class may bid, for a while yet."""
    from bidding.models import Tender
    from bidding.selection.methods import METHODS
    from marketplace.kernel import clock

    several = [name for name, method in METHODS.items() if not method.settles_on_entry]
    soon = clock.now() + timedelta(hours=1)  # noqa: TID251 - a command's clock
    rows = Tender.objects.open_at(soon).filter(method__in=several)
    found = rows.filter(named_agency=None, ceiling__isnull=False).order_by("pk").first()
    if found is None:
        raise SystemExit("there is no open order")
    return found


def bidders_for(tender: Any) -> list[Bidder]:
    """Return as many signed-in agencies as there are clients, none of which has bidden yet."""
    from django.test import Client

    from bidding.guards.bids import may_submit_bid
    from bidding.pages.agencies import eligible_agencies
    from marketplace.kernel import clock
    from marketplace.models import Membership

    at = clock.now()  # noqa: TID251 - a command's clock
    may = eligible_agencies(tender, at).exclude(bids__tender=tender)
    people = Membership.objects.active().filter(organization__in=may, role="agency_manager")
    found: dict[int, Bidder] = {}
    for one in people.select_related("user", "organization").order_by("pk").iterator():
        verdicts = may_submit_bid(tender, one.organization, at)
        if one.organization_id not in found and all(verdict.holds for verdict in verdicts):
            client = Client()
            client.force_login(one.user)
            session = client.cookies["sessionid"].value
            found[one.organization_id] = Bidder(session, one.organization_id)
        if len(found) == CLIENTS:
            return list(found.values())
    raise SystemExit(f"only {len(found)} agencies may bid")


def statements_of(bidder: Bidder, amount: int) -> list[str]:
    """Return what one bid sends to the database; the bid is taken back."""
    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="127.0.0.1")
    client.cookies["sessionid"] = bidder.session
    page = client.get(bidder.path).content.decode()
    fields = {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
    with transaction.atomic():
        with CaptureQueriesContext(connection) as captured:
            status = client.post(bidder.path, {**fields, "amount": amount}).status_code
        transaction.set_rollback(True)
    if status != 302:
        raise SystemExit(f"a bid is answered {status}")
    return [query["sql"] for query in captured if not query["sql"].startswith(SKIPPED)]


def script_of(bids: Sequence[Iterable[str]]) -> str:
    """Return what pgbench sends: each client the statements of its own bid, in one transaction."""
    lines = []
    for place, statements in enumerate(bids):
        lines.append(f"\\{'if' if not place else 'elif'} :client_id = {place}")
        lines += ["BEGIN;", *(f"{one};" for one in statements), "ROLLBACK;"]
    return "\n".join([*lines, "\\endif", ""])


@dataclass(frozen=True)
class Pace:
    """How many a second, and the milliseconds of processor that each took in all."""

    per_second: float
    cpu: float


def pace_of_pgbench(site: Site, script: str) -> Pace:
    """Return how many of these transactions pgbench ends in a second."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as file:
        file.write(script)
        file.flush()
        command = [
            *("pgbench", "--no-vacuum", "--protocol=simple", f"--client={CLIENTS}", "--jobs=2"),
            *(f"--time={SECONDS}", f"--file={file.name}", database(site.name)),
        ]
        before, own = database_seconds(), own_seconds()
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        spent = database_seconds() - before + own_seconds() - own
    tps, count = TPS.search(output), COUNT.search(output)
    if tps is None or count is None:
        raise SystemExit(output)
    return Pace(float(tps[1]), spent * 1000 / int(count[1]))


def own_seconds() -> float:
    """Return how long the programs that we have started and that have ended were computing."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(site: Site, *, workers: int = 2) -> dict[str, float]:
    """Return the bids a second beside what pgbench does, and what went wrong."""
    tender = open_order()
    bidders = bidders_for(tender)
    amount = int(tender.ceiling) * 9 // 10
    for bidder in bidders:
        bidder.path = f"/tenders/{tender.code}/bid/"
    sent = [statements_of(one, amount) for one in bidders]
    allowed, floor = pace_of_pgbench(site, script_of(sent)), pace_of_floor(site, sent, workers)
    with (
        served(site, workers=str(workers), DEMO="0") as server,
        ThreadPoolExecutor(CLIENTS) as clients,
    ):
        for bidder in bidders:
            bidder.port = server.port
        pace, errors = timed_rounds(clients, bidders, server, amount)
        errors += through_the_deadline(clients, bidders, tender, amount)
    return {
        "bids_per_second": pace.per_second,
        "pgbench_per_second": allowed.per_second,
        "share": pace.per_second / allowed.per_second,
        "floor_per_second": floor.per_second,
        "floor_share": floor.per_second / allowed.per_second,
        "statements": max(map(len, sent)),
        "cpu": pace.cpu,
        "floor_cpu": floor.cpu,
        "pgbench_cpu": allowed.cpu,
        "cpu_share": allowed.cpu / pace.cpu,
        "errors": errors,
        **stored(tender, bidders),
    }


def timed_rounds(
    clients: ThreadPoolExecutor, bidders: Sequence[Bidder], server: Server, amount: int
) -> tuple[Pace, int]:
    """Let all open the form, then all bid at once; return the pace of the bids, and the errors."""
    paces = []
    for number in range(WARM_UPS + ROUNDS):
        list(clients.map(Bidder.open, bidders))
        for bidder in bidders:
            bidder.prepare(amount - number)
        paces.append(timed(clients, bidders, server, Bidder.send_bid))
    bids = sum(bidder.accepted for bidder in bidders)
    errors = sum(bidder.answers.total() for bidder in bidders) - bids
    return mean(paces[WARM_UPS:]), errors


def timed(
    clients: ThreadPoolExecutor,
    bidders: Sequence[Bidder],
    server: Server,
    send: Callable[[Bidder], int],
) -> Pace:
    """Let all send at once what they have ready; return the pace of the answers."""
    began, before = time.monotonic(), server.cpu_seconds() + database_seconds()
    answers = list(clients.map(send, bidders))
    seconds = time.monotonic() - began
    cpu = server.cpu_seconds() + database_seconds() - before
    done = answers.count(302)
    return Pace(done / seconds, cpu * 1000 / max(done, 1))


def mean(paces: Sequence[Pace]) -> Pace:
    """Return the pace of rounds of the same length, in all."""
    seconds = sum(1 / one.per_second for one in paces if one.per_second)
    cpu = sum(one.cpu for one in paces) / len(paces)
    return Pace(len(paces) / seconds if seconds else 0.0, cpu)


def pace_of_floor(site: Site, sent: Sequence[Sequence[str]], workers: int) -> Pace:
    """Return the pace of a view that sends these statements, one list for each client."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(sent, file)
        file.flush()
        more = {"workers": str(workers), "DEMO": "0", "BENCH_STATEMENTS": file.name}
        with (
            served(site, FLOOR, ready="/ready/", **more) as server,
            ThreadPoolExecutor(CLIENTS) as clients,
        ):
            asked = [
                Bidder("", 0, path=f"/floor/{number}/", port=server.port)
                for number in range(len(sent))
            ]
            paces = []
            for _number in range(WARM_UPS + ROUNDS):
                for bidder in asked:
                    bidder.prepare(0)
                paces.append(timed(clients, asked, server, Bidder.send))
    return mean(paces[WARM_UPS:])


def through_the_deadline(
    clients: ThreadPoolExecutor, bidders: Sequence[Bidder], tender: Any, amount: int
) -> int:
    """Let all bid until the sign-up has ended under them; return how many answers were errors."""
    from django.db.models.functions import Now

    from marketplace.kernel.models import Deadline

    row = Deadline.objects.filter(kind="tender.sign_up", object_id=tender.pk)
    row.update(ends_at=Now() + LAST_ROUNDS, acts_at=None)
    ends_at = row.get().ends_at.timestamp()

    def go_on(bidder: Bidder) -> int:
        status = 302
        while status == 302:
            bidder.open()
            status = bidder.bid(amount, ends_at)
        return status

    refused = (403, 409, 422)
    return sum(status not in refused for status in clients.map(go_on, bidders))


def stored(tender: Any, bidders: Sequence[Bidder]) -> dict[str, int]:
    """Return what the database says of it: bids twice, after the deadline, or lost."""
    from bidding.models import Bid, Offer
    from marketplace.kernel.models import Deadline

    agencies = [bidder.agency for bidder in bidders]
    bids = Bid.objects.filter(tender=tender, agency__in=agencies)
    offers = Offer.objects.filter(bid__in=bids)
    end = Deadline.objects.get(kind="tender.sign_up", object_id=tender.pk).ends_at
    accepted = sum(bidder.accepted for bidder in bidders)
    versions = offers.values("bid", "version").distinct().count()
    return {
        "accepted": accepted,
        "duplicates": bids.count() - CLIENTS + offers.count() - versions,
        "late": offers.filter(offered_at__gte=end).count() + sum(one.too_late for one in bidders),
        "lost": accepted - offers.count(),
    }
