"""
Photograph the main pages of a demo province at both widths; `make screenshots` runs this.

Reads the address from BROWSER_BASE_URL.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.demo import READERS, log_in
from tests.servers import launch_chromium

HERE = Path(__file__).resolve().parent
WIDTHS = {"desktop": (1440, 900), "phone": (390, 844)}
TALLEST = 2400


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
    Shot("order", "/tenders/", (r"/tenders/[^/]+/$",)),
    Shot("verification", "/awards/", (r"/tenders/[^/]+/$", r"/tenders/[^/]+/verify/$")),
    Shot("agency", "/agencies/", (r"/agencies/[^/]+/$",)),
    Shot("credit", "/credit/"),
    Shot("search", "/search/?q=评估"),
    Shot("workbench-agency", "/workbench/", reader="agency"),
    Shot("workbench-operator", "/workbench/", reader="operator"),
    Shot("cases", "/regulator/cases/", reader="regulator"),
]


def follow(page: Page, pattern: str) -> None:
    """Go where the first link of the page's main part leads whose address matches."""
    links = page.locator("main a[href]").evaluate_all("links => links.map(link => link.pathname)")
    found = [link for link in links if re.search(pattern, link)]
    if not found:
        raise SystemExit(f"{page.url} has no link to {pattern}")
    page.goto(found[0])


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
        tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        page.set_viewport_size({"width": width, "height": max(height, tall)})
        page.screenshot(path=HERE / f"{shot.name}-{name}.png")
        context.close()


def main() -> None:
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        for shot in SHOTS:
            photograph(browser, shot)
        browser.close()


if __name__ == "__main__":
    main()
