"""
Measure what was promised, print the goals and write docs/bench.md: `make bench`.

Run beside an empty PostgreSQL (`.ci/postgres.sh`). Parts may be named: `python -m bench.goals
pages bids`; of the others the document keeps what was found last, with its moment and load. A part
that fails, or does not end, is said so in the table, and the others are measured all the same.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from types import FrameType
from typing import Any, NoReturn

from bench.report import document, goal_lines
from bench.sites import CHECKOUT, Site, baseline, ours

PATIENCE = 1_200
"""Seconds after which a part is given up; the longest takes some four minutes on two processors."""
MOST_TOLD = 160
"""Characters of why a part failed that stand in the table."""
FILLED = {"memory", "growth", "bids"}
"""The parts that need the demo's province; the pages fill that of the baseline beside it."""

RESULTS = CHECKOUT / "var" / "bench" / "results.json"
DOCUMENT = CHECKOUT / "docs" / "bench.md"


def pages(site: Site) -> dict[str, Any]:
    from bench.pages import measure

    old = baseline()
    with ThreadPoolExecutor() as fillers:  # a processor for each
        list(fillers.map(Site.fill, [one for one in (site, old) if not one.is_filled()]))
    return measure(site, old)


def memory(site: Site) -> dict[str, Any]:
    from bench.memory import measure

    return dict(measure(site))


def growth(site: Site) -> dict[str, Any]:
    from bench.growth import measure

    return dict(measure(site))


def bids(site: Site) -> dict[str, Any]:
    import django

    from bench.bids import measure

    if not site.is_grown():
        site.python("-m", "bench.grow")
    os.environ.update(site.environment(DEMO="0"))
    django.setup()
    return dict(measure(site))


def starts(_site: Site) -> dict[str, Any]:
    from bench.starts import measure

    return dict(measure())


PARTS: dict[str, Callable[[Site], dict[str, Any]]] = {
    "starts": starts,
    "pages": pages,
    "memory": memory,
    "growth": growth,
    "bids": bids,  # in the grown province
}


def moment() -> str:
    """Return when, of which commit, on what and under what load something is measured."""
    asked = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.check_output(asked, cwd=CHECKOUT, text=True).strip()
    at = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"  # noqa: TID251 - a command's clock
    return f"{at}, commit {commit}, {os.cpu_count()} cores, load average {load()}"


def load() -> str:
    """Return how many processes have wanted a processor, in the last 1, 5 and 15 minutes."""
    return ", ".join(f"{one:.1f}" for one in os.getloadavg())


class TookTooLong(Exception):
    """A part has not come to its end in its time."""


def give_up(_number: int, _frame: FrameType | None) -> NoReturn:
    raise TookTooLong


@contextlib.contextmanager
def within(seconds: int) -> Iterator[None]:
    """End what is done here after so many seconds, so that the other parts get their turn."""
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def measured(name: str, site: Site) -> dict[str, Any]:
    """Return what a part has found, or under `failed` why it has found nothing."""
    try:
        with within(PATIENCE):
            if name in FILLED and not site.is_filled():
                site.fill()
            return PARTS[name](site)
    except TookTooLong:
        return {"failed": f"no end after {PATIENCE} s"}
    except (Exception, SystemExit) as error:  # noqa: BLE001 - one part that fails must not take the table away
        traceback.print_exc()
        return {"failed": f"{type(error).__name__}: {error}".splitlines()[0][:MOST_TOLD]}


def main() -> None:
    """Measure the named parts, or all; the table is printed whatever becomes of them."""
    asked = sys.argv[1:] or list(PARTS)
    found = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    site = ours()
    for name in [one for one in PARTS if one in asked]:
        began, since = moment(), time.monotonic()
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        found[name] = measured(name, site)
        found[name]["when"] = f"{began}, {load()} at the end"
        print(f"measured: {name}, {time.monotonic() - since:.0f} s", file=sys.stderr, flush=True)
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        DOCUMENT.write_text(document(found), encoding="utf-8")
    print("\n".join(goal_lines(found)))


if __name__ == "__main__":
    main()
