"""Every link as each reader, and every kind of page by axe: nothing broken, nothing barred."""

from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.journeys.demo import READERS, log_in

pytestmark = pytest.mark.browser

WIDTHS = {1440: 900, 390: 844}
VARIANTS = 1
SAME_KIND = {"public": 40}
SAME_KIND_OF_OTHERS = 8
AXE = Axe()
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}
EDITORS = "/cms/"
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


class Links(HTMLParser):
    """The addresses that a page links to, without those it offers for download."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and values.get("href") and "download" not in values:
            self.found.append(values["href"] or "")


@dataclass
class Crawl:
    """
    What one reader has seen: every kind of page, and of one kind up to `same_kind` addresses.

    Addresses that differ only in their query are variants of one page; one of them is followed.
    """

    page: Page
    same_kind: int
    seen: set[str] = field(default_factory=set)
    variants: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    samples: dict[str, str] = field(default_factory=dict)
    queue: deque[tuple[str, str]] = field(default_factory=deque)

    def run(self, start: str) -> None:
        self.add(start, "start")
        while self.queue:
            address, origin = self.queue.popleft()
            self.visit(address, origin)

    def add(self, link: str, origin: str) -> None:
        parts = urlsplit(urljoin(origin, link))
        if parts.scheme not in {"", "http", "https"} or (
            parts.netloc and not self.is_ours(parts.netloc)
        ):
            return
        address = f"{parts.path}?{parts.query}" if parts.query else parts.path
        name = view_name(parts.path)
        if address in self.seen or (name == "wagtail" and origin.startswith(EDITORS)):
            return
        self.seen.add(address)
        if parts.query:
            self.variants[parts.path] += 1
            if self.variants[parts.path] > VARIANTS:
                return
        self.kinds[name] += 1
        if self.kinds[name] <= self.same_kind:
            self.queue.append((address, origin))

    def is_ours(self, netloc: str) -> bool:
        return netloc == urlsplit(self.page.url).netloc

    def visit(self, address: str, origin: str) -> None:
        response = self.page.request.get(address)
        if not response.ok:
            self.broken.append(f"{response.status} {address} (linked from {origin})")
            return
        if "text/html" not in response.headers.get("content-type", ""):
            return
        path = urlsplit(response.url).path
        self.samples.setdefault(view_name(path), path)
        if path.startswith(EDITORS):
            return
        links = Links()
        links.feed(response.text())
        for link in links.found:
            self.add(link, path)


def view_name(path: str) -> str:
    """Return the name of the page behind an address; editors' own pages are all one."""
    if path.startswith(EDITORS):
        return "wagtail"
    try:
        return resolve(path).view_name or path
    except Resolver404:
        return f"unknown {path}"


def complaints(page: Page, path: str, width: int) -> list[str]:
    """Return what axe and the eye find on one page at one width."""
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.goto(path)
    found = [
        f"{path} at {width}: {violation['id']}: {violation['nodes'][0]['html'][:160]}"
        for violation in AXE.run(page, options=WCAG).response["violations"]
    ]
    if page.evaluate(SIDEWAYS):
        found.append(f"{path} at {width}: scrolls sideways")
    return found


@pytest.mark.parametrize("reader", READERS)
def test_every_link_works_and_every_kind_of_page_is_accessible(
    browse, problems, record_property, reader
):
    page = browse()
    log_in(page, READERS[reader])
    page.goto("/")
    crawl = Crawl(page, SAME_KIND.get(reader, SAME_KIND_OF_OTHERS))

    crawl.run("/" if READERS[reader] == "" else "/workbench/")
    found = [
        complaint
        for path in crawl.samples.values()
        if not path.startswith(EDITORS)
        for width in WIDTHS
        for complaint in complaints(page, path, width)
    ]

    record_property("addresses", len(crawl.seen))
    record_property("pages_checked", len(crawl.samples) * len(WIDTHS))
    print(f"{reader}: {len(crawl.seen)} addresses, {len(crawl.samples)} kinds of page")  # noqa: T201
    assert crawl.broken == []
    assert found == []
    assert problems == []
