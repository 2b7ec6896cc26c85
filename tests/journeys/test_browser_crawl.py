"""Every link as each reader, and every kind of page by axe: nothing broken, nothing barred."""

from collections import Counter, deque
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext, Page

from tests.journeys.axe import SIZES, complaints
from tests.journeys.demo import READERS

pytestmark = pytest.mark.browser

VARIANTS = 1
EDITORS = "/cms/"
DISPLAY = "/display/"
# What everybody sees alike: the public reader opens every one, the others a few of each.
SAME_FOR_ALL = {
    "bidding:agency",
    "bidding:award_letter",
    "bidding:item",
    "bidding:tender",
    "bidding:tender_verify",
    "credit:decision",
    "marketplace:rulebook_version",
    "wagtail_serve",
}
FEW = 2
# Attributes that name a person, a place or a secret, and change neither look nor meaning.
SAYS_NOTHING = {"action", "content", "data-left", "datetime", "href", "value"}


class Reading(HTMLParser):
    """
    One page: the addresses it links to, without those it offers for download, and its markup.

    The markup is every tag with its attributes, and where there is text. Two pages with the same
    markup differ in words alone, so axe judges them alike.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.markup: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and values.get("href") and "download" not in values:
            self.links.append(values["href"] or "")
        said = [(name, value) for name, value in attrs if name not in SAYS_NOTHING]
        self.markup.append(f"{tag} {said}")

    def handle_endtag(self, tag: str) -> None:
        self.markup.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.markup.append("text")


@dataclass
class Crawl:
    """
    What one reader has seen.

    Addresses that differ only in their query are variants of one page; one of them is followed.
    """

    request: APIRequestContext
    netloc: str
    is_public: bool
    seen: set[str] = field(default_factory=set)
    variants: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    opened: int = 0
    broken: list[str] = field(default_factory=list)
    samples: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    queue: deque[tuple[str, str]] = field(default_factory=deque)

    def run(self, *starts: str) -> None:
        for start in starts:
            self.add(start, "start")
        while self.queue:
            self.visit(*self.queue.popleft())

    def add(self, link: str, origin: str) -> None:
        parts = urlsplit(urljoin(origin, link))
        if parts.scheme not in {"", "http", "https"} or parts.netloc not in {"", self.netloc}:
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
        if self.is_public or name not in SAME_FOR_ALL or self.kinds[name] <= FEW:
            self.queue.append((address, origin))

    def visit(self, address: str, origin: str) -> None:
        # An address of /display/ would change how all later pages look: only where it leads.
        response = self.request.get(address, max_redirects=0 if address.startswith(DISPLAY) else 20)
        self.opened += 1
        if response.status >= 400:
            self.broken.append(f"{response.status} {address} (linked from {origin})")
        if not response.ok or "text/html" not in response.headers.get("content-type", ""):
            return
        path = urlsplit(response.url).path
        if path.startswith(EDITORS):
            return
        reading = Reading(response.text())
        self.samples.setdefault(view_name(path), (path, tuple(reading.markup)))
        for link in reading.links:
            self.add(link, path)


def view_name(path: str) -> str:
    """Return the name of the page behind an address; editors' own pages are all one."""
    if path.startswith(EDITORS):
        return "wagtail"
    try:
        return resolve(path).view_name or path
    except Resolver404:
        return f"unknown {path}"


def goto(path: str, page: Page) -> None:
    page.goto(path)


@pytest.fixture(scope="module")
def judged() -> set[tuple[str, ...]]:
    """The markup that axe has judged; the same page for another reader is not judged again."""
    return set()


@pytest.mark.parametrize("reader", READERS)
def test_every_link_works_and_every_kind_of_page_is_accessible(
    browse, judged, problems, record_property, reader
):
    page = browse(login=READERS[reader])
    page.goto("/")
    tabs = [page, page.context.new_page()]
    crawl = Crawl(
        browse(login=READERS[reader]).request,
        urlsplit(page.url).netloc,
        is_public=READERS[reader] == "",
    )

    crawl.run("/", *([] if crawl.is_public else ["/workbench/"]))
    new = [path for path, markup in crawl.samples.values() if markup not in judged]
    judged.update(markup for _path, markup in crawl.samples.values())
    arrivals = [partial(goto, path) for path in new]
    found = complaints([(tab, arrivals[n :: len(tabs)]) for n, tab in enumerate(tabs)])

    record_property("links followed", crawl.opened)
    record_property("pages judged", len(crawl.samples) * len(SIZES))
    record_property("of them by their markup", (len(crawl.samples) - len(new)) * len(SIZES))
    record_property("violations", len(found))
    assert crawl.broken == []
    assert found == []
    assert problems == []
