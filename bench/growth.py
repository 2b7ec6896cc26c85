"""
What a page costs in a grown province, beside what it costs in the demo: `make bench-growth`.

Beside an empty PostgreSQL: fills the demo, measures, grows it, measures again and prints a table,
the pages that grow most first. A page that shows more rows there than in the demo, which has no
full page of them, is held against a demo that has: against as many rows. A file holds every row,
so it is held against its bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.sites import Site, ours

Costs = Mapping[str, Mapping[str, Any]]
MOST = 2.0
FULLER = 1.2
"""From how many times as many bytes a page counts as one that was not full in the demo."""


@dataclass(frozen=True)
class Growth:
    """One page: what it costs in the demo, in a demo whose pages are full, and grown."""

    name: str
    before: Mapping[str, Any]
    full: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def shown(self) -> float:
        """How much more it shows: a queue of three rows becomes a page of twenty."""
        return float(max(1.0, self.after["bytes"] / max(self.before["bytes"], 1)))

    @property
    def is_file(self) -> bool:
        return self.name.partition("?")[0].endswith((".csv", ".jsonl", ".xml"))

    @property
    def is_fuller(self) -> bool:
        """Whether it shows more rows than the demo has."""
        return not self.is_file and self.shown > FULLER

    @property
    def ratio(self) -> float:
        """How many times as much it costs as a page of as many rows; of a file, as a row."""
        base = self.full if self.is_fuller else self.before
        return float(self.after["seconds"] / base["seconds"]) / (self.shown if self.is_file else 1)

    @property
    def is_within(self) -> bool:
        return self.ratio <= MOST


def costs(site: Site) -> dict[str, dict[str, Any]]:
    """Return what each page costs now, by its name."""
    found: dict[str, dict[str, Any]] = json.loads(site.python("-m", "bench.cost"))
    return found


def growths(found: Mapping[str, Costs]) -> list[Growth]:
    """Return each page with its costs, those that grow most first."""
    before, full, after = (found[name] for name in ("before", "full", "after"))
    rows = [Growth(name, before[name], full[name], after[name]) for name in before]
    return sorted(rows, key=lambda one: -one.ratio)


def table(rows: Sequence[Growth]) -> Iterator[str]:
    """Yield the table as Markdown."""
    yield (
        "| Page | demo, ms | full, ms | grown, ms | held against | × | shows × | statements"
        " | after a change: demo, ms | grown, ms |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for row in rows:
        costs = (row.before, row.full, row.after)
        moments = " | ".join(f"{one['seconds'] * 1000:.1f}" for one in costs)
        against = "its bytes" if row.is_file else "full" if row.is_fuller else "demo"
        anew = " | ".join(f"{one['anew'] * 1000:.1f}" for one in (row.before, row.after))
        yield (
            f"| {row.name} | {moments} | {against} | {row.ratio:.1f} | {row.shown:.1f}"
            f" | {row.after['statements']} | {anew} |"
        )


def plans(rows: Sequence[Growth]) -> Iterator[str]:
    """Yield how PostgreSQL reads the tables of the slowest statement of each page, as Markdown."""
    yield "| Page | Its slowest statement reads |"
    yield "|---|---|"
    for row in sorted(rows, key=lambda one: one.name):
        if plan := row.after["plan"]:
            yield f"| {row.name} | {'; '.join(plan)} |"


def measure(site: Site) -> dict[str, Costs]:
    """Return the costs in the demo, with full pages, and in the province that is grown from it."""
    found: dict[str, Costs] = {"before": costs(site)}
    for name, command in (("full", ("--full",)), ("after", ())):
        print(site.python("-m", "bench.grow", *command))
        found[name] = costs(site)
    return found


def main() -> None:
    """Fill, measure, grow, measure, and print the tables."""
    site = ours()
    site.fill()
    found = measure(site)
    rows = growths(found)
    print("\n".join([*table(rows), "", *plans(rows)]))


if __name__ == "__main__":
    main()
