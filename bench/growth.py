"""
What a page costs in a grown province, beside what it costs in the demo: `make bench-growth`.

Run beside an empty PostgreSQL: fills the demo, measures, grows it, measures again and prints a
table, the pages that grow most first. A list whose file holds every row grows with its rows.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass

COMMANDS = (
    ("manage.py", "migrate", "--verbosity=0"),
    ("manage.py", "demo"),
)


@dataclass(frozen=True)
class Growth:
    """One page: its seconds in the demo and in the grown province, and its statements there."""

    name: str
    before: float
    after: float
    statements: int

    @property
    def ratio(self) -> float:
        return self.after / self.before


def run(*command: str) -> str:
    """Run our Python with a command; return what it prints."""
    return subprocess.run(
        [sys.executable, *command], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout


def costs() -> dict[str, dict[str, float]]:
    """Return what each page costs now, by its name."""
    found: dict[str, dict[str, float]] = json.loads(run("-m", "bench.cost"))
    return found


def main() -> None:
    """Measure, grow, measure, and print the table."""
    os.environ["DEMO"] = "1"
    for command in COMMANDS:
        run(*command)
    before = costs()
    print(run("-m", "bench.grow"))
    after = costs()
    rows = [
        Growth(name, cost["seconds"], after[name]["seconds"], int(after[name]["statements"]))
        for name, cost in before.items()
    ]
    print("| Page | demo, ms | grown, ms | grown / demo | statements |")
    print("|---|---|---|---|---|")
    for row in sorted(rows, key=lambda one: -one.ratio):
        moments = f"{row.before * 1000:.0f} | {row.after * 1000:.0f} | {row.ratio:.1f}"
        print(f"| {row.name} | {moments} | {row.statements} |")


if __name__ == "__main__":
    main()
