"""
Measure what was promised, print the goals and write docs/bench.md: `make bench`.

Run beside an empty PostgreSQL (`.ci/postgres.sh`). Parts may be named: `python -m bench.goals
pages bids`; of the others the document keeps what was found last, with its moment and load.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bench.report import document, goal_lines
from bench.sites import CHECKOUT, Site, baseline, ours

RESULTS = CHECKOUT / "var" / "bench" / "results.json"
DOCUMENT = CHECKOUT / "docs" / "bench.md"


def pages(site: Site) -> dict[str, Any]:
    from bench.pages import measure

    old = baseline()
    old.fill()
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


def main() -> None:
    """Measure the named parts, or all."""
    asked = sys.argv[1:] or list(PARTS)
    found = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    site = ours()
    if set(asked) & {"pages", "memory", "growth"}:
        site.fill()
    for name in [one for one in PARTS if one in asked]:
        began = moment()
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        found[name] = {**PARTS[name](site), "when": f"{began}, {load()} at the end"}
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    DOCUMENT.write_text(document(found), encoding="utf-8")
    print("\n".join(goal_lines(found)))


if __name__ == "__main__":
    main()
