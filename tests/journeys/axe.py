"""What axe and the eye find on pages, at the width of a desk and of a phone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

SIZES = {1440: 900, 390: 844}
OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # what passes need not be described
}
# Axe parses the same few colours thousands of times; with their values kept it is a third faster.
KEEP_COLOURS = """() => {
  const color = axe.commons.color.Color.prototype, parse = color.parseString, known = new Map();
  color.parseString = function (text) {
    if (!known.has(text)) {
      parse.call(this, text);
      known.set(text, [this.r, this.g, this.b, this.alpha]);
    }
    [this.r, this.g, this.b, this.alpha] = known.get(text);
    return this;
  };
}"""
START = "options => { setTimeout(() => { window.audit = axe.run(options); }); }"
END = """async () => {
  while (!window.audit) await new Promise(resolve => setTimeout(resolve));
  const found = (await window.audit).violations;
  delete window.audit;
  return found.flatMap(violation => violation.nodes.map(node => `${violation.id}: ${node.html}`));
}"""
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

Arrival = Callable[[Page], object]


def examine(
    page: Page, arrivals: Sequence[Arrival], sizes: Mapping[int, int], found: list[str]
) -> Iterator[None]:
    """Arrive at each page and note what is wrong with it at each width; yield while axe works."""
    for arrive in arrivals:
        page.set_viewport_size({"width": 1440, "height": 900})
        arrive(page)
        page.evaluate(AXE_SCRIPT)
        page.evaluate(KEEP_COLOURS)
        for width, height in sizes.items():
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate(START, OPTIONS)
            yield
            what = page.evaluate(END)
            if page.evaluate(SIDEWAYS):
                what.append("scrolls sideways")
            found += [f"{page.url} at {width}: {complaint}" for complaint in what]


def complaints(
    arrivals_of: Sequence[tuple[Page, Sequence[Arrival]]], sizes: Mapping[int, int] = SIZES
) -> list[str]:
    """Return what is wrong with the pages; the tabs work side by side, each on its own ones."""
    found: list[str] = []
    for _step in zip_longest(*(examine(tab, pages, sizes, found) for tab, pages in arrivals_of)):
        pass
    return found
