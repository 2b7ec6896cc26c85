"""
Measure the main pages against a bare view and against their own SQL, and print a table.

Run by `make bench` with a demo province on PostgreSQL. Absolute figures belong to the machine; the
ratios, taken in one run, can be compared.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

SECONDS = int(os.environ.get("BENCH_SECONDS", "6"))
CLIENTS = 8
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
ERRORS = re.compile(r"Non-2xx or 3xx responses:\s+(\d+)")
TPS = re.compile(r"tps = ([\d.]+)")


def requests_per_second(url: str) -> float:
    """Return how many times per second `url` is served to `CLIENTS` connections."""
    output = subprocess.run(
        ["wrk", "-t2", f"-c{CLIENTS}", f"-d{SECONDS}s", url],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if (errors := ERRORS.search(output)) is not None:
        raise SystemExit(f"{url}: {errors[1]} answers were errors")
    match = RATE.search(output)
    if match is None:
        raise SystemExit(output)
    return float(match[1])


@contextlib.contextmanager
def bare_server() -> Iterator[str]:
    """Serve the bare view the way the platform is served; yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(str(Path(sys.executable).with_name("granian")), "--interface", "wsgi"),
        *("--host", "127.0.0.1", "--port", str(port), "--no-access-log"),
        "bench.bare:application",
    ]
    server = subprocess.Popen(command, cwd=HERE.parent, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/"
    try:
        for _attempt in range(100):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(url).close()
                break
            # time.sleep fails under the suite's moved clock: libfaketime shifts its absolute end
            threading.Event().wait(0.1)
        yield url
    finally:
        server.terminate()
        server.wait()


def queries_of(path: str) -> list[str]:
    """Return the SELECT statements that a page sends, with their values filled in."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="127.0.0.1")
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path} answers {response.status_code}")
    return [query["sql"] for query in captured if query["sql"].startswith("SELECT")]


def transactions_per_second(statements: list[str]) -> float:
    """Return how many times per second pgbench runs `statements` as one script."""
    from django.db import connection

    target = connection.settings_dict
    script = "".join(f"{statement};\n" for statement in statements)
    with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as file:
        file.write(script)
        file.flush()
        environment = {**os.environ, "PGPASSWORD": target["PASSWORD"] or ""}
        command = [
            *(pgbench(), "--no-vacuum", "--protocol=simple", f"--client={CLIENTS}"),
            *("--jobs=2", f"--time={SECONDS}", f"--file={file.name}"),
            *(f"--host={target['HOST']}", f"--port={target['PORT']}"),
            *(f"--username={target['USER']}", target["NAME"]),
        ]
        output = subprocess.run(
            command, capture_output=True, text=True, check=True, env=environment
        ).stdout
    match = TPS.search(output)
    if match is None:
        raise SystemExit(output)
    return float(match[1])


def pgbench() -> str:
    """Return the path of pgbench, which some systems keep off the PATH."""
    found = shutil.which("pgbench")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))
    if found is None and not installed:
        raise SystemExit("pgbench is needed (Debian: postgresql-contrib or postgresql-15)")
    return found or str(installed[-1])


def pages() -> dict[str, str]:
    """Return the measured pages by name."""
    from bidding.models import Tender

    selected = Tender.objects.public().filter(status="complete").order_by("pk")
    code = selected.values_list("code", flat=True).first()
    return {"home": "/", "order list": "/tenders/", "order page": f"/tenders/{code}/"}


def row(*cells: object) -> str:
    """Return one line of the table."""
    widths = (12, 9, 10, 8, 9, 9)
    texts = [f"{cell:.1f}" if isinstance(cell, float) else str(cell) for cell in cells]
    first, *rest = (
        text.ljust(width) if place == 0 else text.rjust(width)
        for place, (text, width) in enumerate(zip(texts, widths, strict=False))
    )
    return " ".join((first, *rest))


def main() -> None:
    """Measure and print."""
    import django

    if shutil.which("wrk") is None:
        raise SystemExit("wrk is needed (Debian: wrk)")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.project.settings.dev")
    django.setup()
    base = os.environ["BROWSER_BASE_URL"].rstrip("/")
    if urlsplit(base).hostname != "127.0.0.1":
        raise SystemExit("only a server on this machine is measured")
    with bare_server() as url:
        bare = requests_per_second(url)
    print(f"the demo was up after {os.environ.get('STARTED_IN_SECONDS', '?')} s")
    print(row("page", "pages/s", "bare/page", "queries", "SQL/s", "SQL/page"))
    print(row("bare view", bare, 1.0, 0))
    for name, path in pages().items():
        rate = requests_per_second(base + path)
        statements = queries_of(path)
        sql = transactions_per_second(statements)
        print(row(name, rate, bare / rate, len(statements), sql, sql / rate))


if __name__ == "__main__":
    main()
