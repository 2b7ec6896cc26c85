"""
Photograph the main pages of a demo province at both widths; `make screenshots` runs this.

Reads the address from BROWSER_BASE_URL.
"""

import os
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.demo import READERS, log_in
from tests.servers import launch_chromium

HERE = Path(__file__).resolve().parent
WIDTHS = {"desktop": (1440, 900), "phone": (390, 844)}
COLOURS = 256


@dataclass(frozen=True)
class Shot:
    """A page: where to begin, which links to follow from there (patterns), and who reads it."""

    name: str
    path: str
    follow: tuple[str, ...] = ()
    reader: str = "public"


SHOTS = [
    Shot("home", "/"),
    Shot("orders", "/tenders/"),
    Shot("order", "/tenders/?phase=open", ("^/tenders/[^/]+/ ",)),
    Shot("item", "/items/", ("^/items/[^/]+/ 项目建议书",)),
    Shot("agency", "/agencies/", ("^/agencies/(?!publicity|departments)[^/]+/ ",)),
    Shot("statistics", "/statistics/"),
    Shot("prices", "/statistics/prices/"),
    Shot("place", "/places/360700/"),
    Shot("decision", "/credit/", ("^/credit/decisions/[^/]+/ ",)),
    Shot("verification", "/awards/", ("^/tenders/[^/]+/ ", "^/tenders/[^/]+/verify/ ")),
    Shot("workbench-agency", "/workbench/", reader="agency"),
    Shot(
        "wizard-buyer",
        "/buyer/tenders/",
        ("^/buyer/tenders/.*夜游", "/edit/need/ "),
        reader="buyer",
    ),
    Shot("case-regulator", "/regulator/cases/", ("^/regulator/cases/.*九江",), reader="regulator"),
]


def follow(page: Page, pattern: str) -> None:
    """Go where the first link of the main part leads whose address and words match."""
    links = page.locator("main a[href]").evaluate_all(
        "links => links.map(link => [link.pathname, link.innerText])"
    )
    found = [path for path, words in links if re.search(pattern, f"{path} {words}")]
    if not found:
        raise SystemExit(f"{page.url} has no link to {pattern}")
    page.goto(found[0])


def store(picture: bytes, path: Path) -> None:
    """Keep a picture with a palette that keeps red and amber apart: a third of the size."""
    with Image.open(BytesIO(picture)) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def photograph(browser: Browser, shot: Shot) -> None:
    for name, (width, height) in WIDTHS.items():
        context = browser.new_context(
            base_url=os.environ["BROWSER_BASE_URL"],
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        page = context.new_page()
        log_in(page, READERS[shot.reader])
        page.goto(shot.path)
        for pattern in shot.follow:
            follow(page, pattern)
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": max(height, tall)})
        store(page.screenshot(), HERE / f"{shot.name}-{name}.png")
        context.close()


def main() -> None:
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        for shot in SHOTS:
            photograph(browser, shot)
        browser.close()


if __name__ == "__main__":
    main()
