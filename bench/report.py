"""The goals as a table, and docs/bench.md, from what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.growth import MOST, Growth, growths, plans, table

Found = Mapping[str, Any]
PAGES = ("home", "order list", "order page")
HEAD = """\
# Measurements

Written by `make bench`, with the notes in `bench/notes.md`; do not edit. Absolute figures belong
to the machine that they were taken on; the ratios, taken in one run, can be compared.
"""
NOTES = Path(__file__).with_name("notes.md")


@dataclass(frozen=True)
class Goal:
    """One line of the table of goals: what was asked for, what was found, and whether it is met."""

    work: str
    goal: str
    found: str
    is_met: bool

    def line(self) -> str:
        return (
            f"| {self.work} | {self.goal} | {self.found} | {'yes' if self.is_met else '**no**'} |"
        )


def goals(found: Found) -> Iterator[Goal]:
    """Yield the goals of all parts that were measured, and what came to nothing."""
    for part in found:
        if failure := found[part].get("failed"):
            yield Goal(part, "", f"not measured: {failure}".replace("|", "/"), is_met=False)
    yield from measured_goals({part: one for part, one in found.items() if "failed" not in one})


def measured_goals(found: Found) -> Iterator[Goal]:
    """Yield the goals of all parts that were measured to their end."""
    if "pages" in found:
        for demo in ("0", "1"):
            yield from page_goals(f"DEMO={demo}", found["pages"][demo])
    if "growth" in found:
        yield from growth_goals(found["growth"])
    if "bids" in found:
        yield from bid_goals(found["bids"])
    if "memory" in found:
        after = found["memory"]["after"]
        asked = f"{found['memory']['pages']} pages asked for"
        yield Goal(
            "memory per server process after the crawl",
            "≤ 200 MB",
            f"{after:.0f} MB ({asked})",
            after <= 200,
        )
    if "starts" in found:
        yield from start_goals(found["starts"])


def page_goals(demo: str, rates: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Iterator[Goal]:
    """Yield the goals in pages a second."""
    bare = rates["bare"]["bare"]["per_second"]
    kept = [rates[name]["kept"]["per_second"] / bare for name in PAGES]
    yield ratio(f"kept anonymous page / bare view ({demo})", kept, 0.25, percent=True)
    yield not_kept(demo, rates)
    yield ratio(f"signed-in list / baseline ({demo})", speedups(rates, ["signed-in list"]), 4)
    yield ratio(f"workbench / baseline ({demo})", speedups(rates, ["workbench"]), 4)


def not_kept(demo: str, rates: Mapping[str, Any]) -> Goal:
    """Return the goal for pages that are not kept whole, and what they make if no part is kept."""
    goal = ratio(f"the same, not kept / baseline ({demo})", speedups(rates, PAGES), 3)
    drawn = [one for one in PAGES if "drawn" in rates[one]]
    told = ", ".join(
        f"{name} {by:.1f} ×"
        for name, by in zip(drawn, speedups(rates, drawn, "drawn"), strict=True)
    )
    return replace(goal, found=f"{goal.found}; with no part kept: {told}") if told else goal


def speedups(rates: Mapping[str, Any], names: Sequence[str], by: str = "ours") -> list[float]:
    """Return how many times as many of these pages we serve as the baseline."""
    return [rates[one][by]["per_second"] / rates[one]["baseline"]["per_second"] for one in names]


def ratio(work: str, values: Sequence[float], least: float, *, percent: bool = False) -> Goal:
    """Return a goal that each of the values must reach."""
    written = [f"{value:.0%}" if percent else f"{value:.1f} ×" for value in values]
    goal = f"≥ {least:.0%}" if percent else f"≥ {least:.0f} ×"
    return Goal(work, goal, ", ".join(written), min(values) >= least)


def growth_goals(found: Found) -> Iterator[Goal]:
    """Yield what the growth of the province costs, and what statements weigh in a page."""
    bench = found["before"]["zhice /workbench/"]
    share = bench["text"] / bench["seconds"]
    yield Goal("own SQL as text / page CPU, workbench", "≥ 1/5", f"1/{1 / share:.1f}", share >= 0.2)
    rows = growths(found)
    beyond = [row for row in rows if not row.is_within]
    told = ", ".join(f"{row.name} {row.ratio:.1f}" for row in beyond) or "all"
    yield Goal(
        "20,000 orders / the demo, per page of as many rows (a file: per byte)",
        f"≤ {MOST:.0f} ×",
        f"{len(rows) - len(beyond)} of {len(rows)} pages; beyond: {told}" if beyond else told,
        not beyond,
    )


def bid_goals(found: Found) -> Iterator[Goal]:
    """Yield the goals for many bids at once."""
    yield Goal(
        "bids of 32 clients on one order / pgbench with the same statements",
        "≥ 50 %",
        f"{found['share']:.0%} ({found['bids_per_second']:.0f} of {found['pgbench_per_second']:.0f}"
        f" a second); by processor time {found['cpu_share']:.0%}; a view that sends these"
        f" {found['statements']} statements and does nothing else: {found['floor_share']:.0%}",
        found["share"] >= 0.5,
    )
    wrong = [found[name] for name in ("errors", "duplicates", "late", "lost")]
    yield Goal(
        "errors, duplicates, late, lost",
        "0",
        f"{', '.join(map(str, wrong))} of {found['accepted']} bids",
        not any(wrong),
    )


def start_goals(found: Found) -> Iterator[Goal]:
    """Yield the goals for `make run`."""
    times = found["first"] / found["install"]
    told = f"{times:.1f} × ({found['first']:.0f} s, pip alone {found['install']:.0f} s)"
    yield Goal("`make run` in an empty folder / pip alone", "≤ 2 ×", told, times <= 2)
    yield Goal("its second start", "≤ 5 s", f"{found['second']:.1f} s", found["second"] <= 5)


def goal_lines(found: Found) -> Iterator[str]:
    """Yield the table of goals as Markdown."""
    yield "| Work | Goal | Found | Met |"
    yield "|---|---|---|---|"
    yield from (goal.line() for goal in goals(found))


def rate_lines(rates: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Iterator[str]:
    """Yield the pages a second of every server as Markdown."""
    servers = ("bare", "kept", "ours", "drawn", "baseline")
    yield "| Page | " + " | ".join(f"{name}, pages/s | CPU, ms" for name in servers) + " |"
    yield "|---|" + "---|---|" * len(servers)
    for page, by in rates.items():
        cells = [
            f"{by[name]['per_second']:.0f} | {by[name]['cpu']:.1f}" if name in by else " | "
            for name in servers
        ]
        yield f"| {page} | {' | '.join(cells)} |"


def document(found: Found) -> str:
    """Return docs/bench.md."""
    lines = [HEAD, "## The goals", "", *goal_lines(found), "", NOTES.read_text("utf-8")]
    lines += ["## When and where", ""]
    lines += [f"- {part}: {found[part]['when']}" for part in found]
    found = {part: one for part, one in found.items() if "failed" not in one}
    for demo in ("0", "1") if "pages" in found else ():
        lines += ["", f"## Pages a second, DEMO={demo}", "", *rate_lines(found["pages"][demo])]
    if "growth" in found:
        rows: list[Growth] = growths(found["growth"])
        lines += ["", "## Growth", "", *table(rows), "", "## Plans", "", *plans(rows)]
    return "\n".join(lines) + "\n"
