"""What axe and the eye find on pages, at the width of a desk and of a phone, and in every look."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

SIZES = {1440: 900, 390: 844}
HEIGHTS = {**SIZES, 320: 800}
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


@dataclass(frozen=True)
class Look:
    """
    How a reader sees a page, at which widths; and by which rules: by all when none is named.

    Dark and forced colours are wishes of the reader's system; without a mode it is as it comes.
    """

    scheme: Literal["light", "dark"] = "light"
    mode: str = ""
    forced: Literal["none", "active"] = "none"
    widths: tuple[int, ...] = tuple(SIZES)
    rules: Sequence[str] = ()

    @property
    def words(self) -> str:
        """What a complaint says of it: nothing of a page as it comes."""
        dark = "dark" if self.scheme == "dark" else ""
        forced = "forced colours" if self.forced == "active" else ""
        return "".join(f", {word}" for word in (dark, self.mode, forced) if word)


# 320 is a desk's 1280 at 400 %. Elder mode hides parts and enlarges the others; where colours alone
# differ, one width tells, and forced colours bring borders, which take place. What the server draws
# otherwise for elders is judged as it comes, at both widths, by `test_browser_axe`.
USUAL = Look()
DARK = Look(scheme="dark", widths=(1440,), rules=COLOURS)
FORCED = Look(forced="active", widths=(320,), rules=COLOURS_AND_PLACE)
ELDER = Look(mode="elder", widths=(320,), rules=COLOURS_AND_PLACE)
LOOKS = (USUAL, DARK, FORCED, ELDER)
CAME = "document.documentElement.dataset.mode ?? ''"
MODE = "mode => { document.documentElement.dataset.mode = mode; }"

# Of this process: the looks of text whose contrast has passed, and for each look the parts of pages
# without fault.
PASSED: set[str] = set()
PARTS: dict[Look, set[str]] = defaultdict(set)


def options_for(rules: Sequence[str]) -> dict[str, object]:
    """Return what axe is told: to judge by these rules alone, or by all when none is named."""
    return {**OPTIONS, "runOnly": {"type": "rule", "values": rules}} if rules else OPTIONS


def examine(
    page: Page, arrivals: Sequence[Arrival], looks: Sequence[Look], found: list[str]
) -> Iterator[None]:
    """Arrive at each page and note what is wrong in each look at each width; yield meanwhile."""
    page.add_init_script(f"if (!window.quick) {{ {AXE_SCRIPT};{QUICKER} }}")
    shown = [(look, width) for look in looks for width in look.widths]
    for arrive in arrivals:
        resize(page, 1440)
        arrive(page)
        came = page.evaluate(CAME)
        for look, width in shown:
            see(page, look, width, came)
            if page.evaluate(SIDEWAYS):
                found.append(f"{page.url} at {width}{look.words}: scrolls sideways")
        page.evaluate("quick.leaveOutEqualRows()")
        for look, width in reversed(shown):
            see(page, look, width, came)
            told = [options_for(look.rules), [*PASSED], [*PARTS[look]]]
            page.evaluate("told => quick.start(...told)", told)
            yield
            answer = page.evaluate("quick.end()")
            PASSED.update(answer["passed"])
            PARTS[look].update(answer["parts"])
            where = f"{page.url} at {width}{look.words}"
            found += [f"{where}: {complaint}" for complaint in answer["what"]]


def see(page: Page, look: Look, width: int, came: str) -> None:
    """Show a page in a look and at a width, without a movement; it `came` in a mode."""
    page.emulate_media(color_scheme=look.scheme, forced_colors=look.forced, reduced_motion="reduce")
    page.evaluate(MODE, look.mode or came)
    resize(page, width)


def resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})


def complaints(
    arrivals_of: Sequence[tuple[Page, Sequence[Arrival]]], looks: Sequence[Look] = (USUAL,)
) -> list[str]:
    """
    Return what is wrong with the pages in each of the looks.

    The tabs work side by side, each on its own pages.
    """
    found: list[str] = []
    at_work = [examine(tab, pages, looks, found) for tab, pages in arrivals_of]
    for _step in zip_longest(*at_work):
        pass
    return found
