"""How many pages a second are served: kept, not kept, signed in, and by the baseline."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
from dataclasses import asdict, dataclass
from typing import Any

from bench.sites import BARE, BEFORE, OURS, Server, Site, served

SECONDS = int(os.environ.get("BENCH_SECONDS", "2"))
ROUNDS = 3
CLIENTS = 8
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
COUNT = re.compile(r"(\d+) requests in")
ERRORS = re.compile(r"(Non-2xx or 3xx responses: \d+|Socket errors: .+)")
AGENCY = "zhice"
PAGES = {"home": "/", "order list": "/tenders/", "order page": "/tenders/{order}/"}
IN_PARTS = ("home", "order page")
"""The pages of which parts are kept where the whole is not."""
SIGNED_IN = {"signed-in list": "/tenders/", "workbench": "/workbench/"}
ORDER = (
    "from bidding.models import Tender;"
    "found = Tender.objects.filter(published_at__isnull=False, status='complete');"
    "print(found.order_by('pk').values_list('code', flat=True)[0])"
)


@dataclass(frozen=True)
class Rate:
    """How many pages a second, and the milliseconds of processor that the server took for each."""

    per_second: float
    cpu: float


def rate(server: Server, path: str, cookie: str = "") -> Rate:
    """Load one page for some seconds over `CLIENTS` connections."""
    command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{SECONDS}s", "--timeout", "30s"]
    if cookie:
        command += ["-H", f"Cookie: {cookie}"]
    before = server.cpu_seconds()
    output = subprocess.run(
        [*command, server.url(path)], capture_output=True, text=True, check=True
    ).stdout
    spent = server.cpu_seconds() - before
    return read_rate(output, path, spent)


def read_rate(output: str, path: str, spent: float) -> Rate:
    """Read what the load generator says; an answer that is an error ends the benchmark."""
    if (errors := ERRORS.search(output)) is not None:
        raise SystemExit(f"{path}: {errors[1]}")
    found, count = RATE.search(output), COUNT.search(output)
    if found is None or count is None:
        raise SystemExit(output)
    return Rate(float(found[1]), spent * 1000 / max(int(count[1]), 1))


def order_of(site: Site) -> str:
    """Return the code of an order whose selection is done."""
    shell = ("manage.py", "shell", "--verbosity=0", "--command", ORDER)
    return site.python(*shell).split()[-1]


def measure(new: Site, old: Site) -> dict[str, Any]:
    """Return the rates of all servers for DEMO=0 and DEMO=1; each the best of some rounds."""
    return {demo: measured(new, old, demo) for demo in ("0", "1")}


def measured(new: Site, old: Site, demo: str) -> dict[str, dict[str, dict[str, float]]]:
    """Return the rate of each page by each server, asked in turn so that all see the same load."""
    cookies = {site.name: f"sessionid={site.session_of(AGENCY)}" for site in (new, old)}
    orders = {site.name: order_of(site) for site in (new, old)}
    with contextlib.ExitStack() as running:

        def serve(site: Site, application: tuple[str, str] = OURS, **more: str) -> Server:
            return running.enter_context(served(site, application, DEMO=demo, **more))

        bare = running.enter_context(served(new, BARE, ready="/bare/"))
        servers = {
            "kept": (new, serve(new)),
            "ours": (new, serve(new, KEPT_PAGES_BYTES="0")),
            "drawn": (new, serve(new, KEPT_PAGES_BYTES="0", KEPT_PARTS_BYTES="0")),
            "baseline": (old, serve(old, BEFORE)),
        }
        asked: list[tuple[str, str, Server, str, str]] = [("bare", "bare", bare, "/bare/", "")]
        for who, (site, server) in servers.items():
            for name, path in PAGES.items():
                if who != "drawn" or name in IN_PARTS:
                    asked.append((name, who, server, path.format(order=orders[site.name]), ""))
            if who in {"ours", "baseline"}:
                for name, path in SIGNED_IN.items():
                    asked.append((name, who, server, path, cookies[site.name]))
        return best(sorted(asked, key=lambda one: one[0]))


def best(asked: list[tuple[str, str, Server, str, str]]) -> dict[str, dict[str, Any]]:
    """Ask for everything in turn, some rounds; return the best rate of each."""
    found: dict[str, dict[str, Any]] = {}
    for round_number in range(ROUNDS):
        for name, who, server, path, cookie in asked:
            if not round_number and server.get(path, cookie)[0] != 200:
                raise SystemExit(f"{who}: {path} answers {server.get(path, cookie)[0]}")
            new = rate(server, path, cookie)
            old = found.setdefault(name, {}).get(who)
            if old is None or new.per_second > old["per_second"]:
                found[name][who] = asdict(new)
    return found
