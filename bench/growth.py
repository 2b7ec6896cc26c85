"""
What a page costs in a grown province, beside what it costs in the demo: `make bench-growth`.

Beside an empty PostgreSQL: fills the demo, measures, grows it, measures again and prints a table,
the pages that grow most first. A file holds every row, so it is held against its rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.sites import Site, ours

Costs = Mapping[str, Mapping[str, Any]]
MOST = 2.0


@dataclass(frozen=True)
class Growth:
    """One page: seconds of processor and bytes in the demo and in the grown province."""

    name: str
    before: float
    after: float
    bytes_before: int
    bytes_after: int
    statements: int
    plan: Sequence[str]

    @property
    def ratio(self) -> float:
        return self.after / self.before

    @property
    def shown(self) -> float:
        """How much more it shows: a queue of three rows becomes a page of twenty."""
        return max(1.0, self.bytes_after / max(self.bytes_before, 1))

    @property
    def is_file(self) -> bool:
        return self.name.endswith(".csv")

    @property
    def is_within(self) -> bool:
        """Whether it costs at most twice as much; a file for what it holds."""
        return self.ratio <= MOST * (self.shown if self.is_file else 1)


def costs(site: Site) -> dict[str, dict[str, Any]]:
    """Return what each page costs now, by its name."""
    found: dict[str, dict[str, Any]] = json.loads(site.python("-m", "bench.cost"))
    return found


def growths(before: Costs, after: Costs) -> list[Growth]:
    """Return each page with both its costs, those that grow most first."""
    rows = [
        Growth(
            *(name, cost["seconds"], after[name]["seconds"], cost["bytes"], after[name]["bytes"]),
            *(after[name]["statements"], after[name]["plan"]),
        )
        for name, cost in before.items()
    ]
    return sorted(rows, key=lambda one: -one.ratio)


def table(rows: Sequence[Growth]) -> Iterator[str]:
    """Yield the table as Markdown."""
    yield "| Page | demo, ms | grown, ms | grown / demo | shows × | statements |"
    yield "|---|---|---|---|---|---|"
    for row in rows:
        moments = f"{row.before * 1000:.1f} | {row.after * 1000:.1f} | {row.ratio:.1f}"
        yield f"| {row.name} | {moments} | {row.shown:.1f} | {row.statements} |"


def plans(rows: Sequence[Growth]) -> Iterator[str]:
    """Yield how PostgreSQL reads the tables of the slowest statement of each page, as Markdown."""
    yield "| Page | Its slowest statement reads |"
    yield "|---|---|"
    for row in sorted(rows, key=lambda one: one.name):
        if row.plan:
            yield f"| {row.name} | {'; '.join(row.plan)} |"


def measure(site: Site) -> dict[str, Costs]:
    """Return the costs in the demo and in the province that is grown from it."""
    before = costs(site)
    print(site.python("-m", "bench.grow"))
    return {"before": before, "after": costs(site)}


def main() -> None:
    """Fill, measure, grow, measure, and print the tables."""
    site = ours()
    site.fill()
    found = measure(site)
    rows = growths(found["before"], found["after"])
    print("\n".join([*table(rows), "", *plans(rows)]))


if __name__ == "__main__":
    main()
