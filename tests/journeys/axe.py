"""What axe and the eye find on pages, at the width of a desk and of a phone."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

SIZES = {1440: 900, 390: 844}
OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # what passes need not be described
}
QUICKER = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

Arrival = Callable[[Page], object]

# What colours alone decide, and what the place for it decides too.
COLOURS = ("color-contrast", "link-in-text-block")
COLOURS_AND_PLACE = (*COLOURS, "target-size", "scrollable-region-focusable")

# Of this process: the looks of text whose contrast has passed, and for each choice of rules the
# parts of pages without fault by these.
PASSED: set[str] = set()
PARTS: dict[Sequence[str], set[str]] = defaultdict(set)


def options_for(rules: Sequence[str]) -> dict[str, object]:
    """Return what axe is told: to judge by these rules alone, or by all when none is named."""
    return {**OPTIONS, "runOnly": {"type": "rule", "values": rules}} if rules else OPTIONS


def examine(
    page: Page,
    arrivals: Sequence[Arrival],
    sizes: Mapping[int, int],
    rules: Sequence[str],
    found: list[str],
) -> Iterator[None]:
    """Arrive at each page and note what is wrong with it at each width; yield while axe works."""
    options, parts = options_for(rules), PARTS[rules]
    page.add_init_script(f"if (!window.quick) {{ {AXE_SCRIPT};{QUICKER} }}")
    for arrive in arrivals:
        page.set_viewport_size({"width": 1440, "height": 900})
        arrive(page)
        for width, height in sizes.items():
            page.set_viewport_size({"width": width, "height": height})
            if page.evaluate(SIDEWAYS):
                found.append(f"{page.url} at {width}: scrolls sideways")
        page.evaluate("quick.leaveOutEqualRows()")
        for width, height in reversed(sizes.items()):
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("known => quick.start(...known)", [options, [*PASSED], [*parts]])
            yield
            answer = page.evaluate("quick.end()")
            PASSED.update(answer["passed"])
            parts.update(answer["parts"])
            found += [f"{page.url} at {width}: {complaint}" for complaint in answer["what"]]


def complaints(
    arrivals_of: Sequence[tuple[Page, Sequence[Arrival]]],
    sizes: Mapping[int, int] = SIZES,
    rules: Sequence[str] = (),
) -> list[str]:
    """
    Return what is wrong with the pages, by all rules or by those that are named.

    The tabs work side by side, each on its own pages.
    """
    found: list[str] = []
    at_work = [examine(tab, pages, sizes, rules, found) for tab, pages in arrivals_of]
    for _step in zip_longest(*at_work):
        pass
    return found
