"""
What a reader gets at the first view of each public page: little of it, and markup without faults.

Pages are collected from the addresses: every one that names nothing, and a record of each kind.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client

from tests.journeys.records import public_records
from tests.journeys.strangers import without_keys

pytestmark = pytest.mark.django_db

MOST = 150 * 1024
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
INTERACTIVE = {"a", "button", "input", "select", "textarea", "details"}
BLOCKS = {
    *("address", "article", "aside", "details", "div", "dl", "fieldset", "figure", "footer"),
    *("form", "h1", "h2", "h3", "h4", "header", "hr", "main", "nav", "ol", "p", "section"),
    *("table", "ul"),
}
"""What ends a paragraph, and so cannot stand in one."""
ONLY_IN = {
    "li": {"ol", "ul", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"thead", "tbody", "tfoot", "table"},
    "td": {"tr"},
    "th": {"tr"},
    "legend": {"fieldset"},
    "figcaption": {"figure"},
    "summary": {"details"},
    "option": {"select", "optgroup", "datalist"},
}
ONLY_HOLDS = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
    "tr": {"td", "th"},
    "select": {"option", "optgroup", "hr"},
}
REFERS = ("aria-controls", "aria-describedby", "aria-labelledby", "for", "list")


class Markup(HTMLParser):
    """One page: what it loads, and what is wrong with it by the rules of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loads: set[str] = set()
        self.ids: Counter[str] = Counter()
        self.named: set[str] = set()
        self.faults: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]
        self.faults += [f"id {name} twice" for name, count in self.ids.items() if count > 1]
        self.faults += [f"no id {name}" for name in self.named - self.ids.keys()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if len(values) < len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        self._note(tag, values)
        self._place(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            self.faults.append(f"</{tag}>")
        elif self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.faults.append(f"</{tag}> closes <{self.open[-1] if self.open else ''}>")

    def _note(self, tag: str, values: dict[str, str]) -> None:
        if "id" in values:
            self.ids[values["id"]] += 1
        for name in REFERS:
            self.named.update(values.get(name, "").split())
        if tag == "img" and "alt" not in values:
            self.faults.append(f"<img> without alt: {values.get('src')}")
        if tag in {"script", "img"} and values.get("src"):
            self.loads.add(values["src"])
        if tag == "use" or (
            tag == "link" and values.get("rel") in {"stylesheet", "icon", "manifest"}
        ):
            self.loads.add(values.get("href", "").partition("#")[0])

    def _place(self, tag: str) -> None:
        around = self.open[-1] if self.open else ""
        if tag in ONLY_IN and around not in ONLY_IN[tag]:
            self.faults.append(f"<{tag}> in <{around}>")
        if around in ONLY_HOLDS and tag not in ONLY_HOLDS[around]:
            self.faults.append(f"<{tag}> right in <{around}>")
        if tag in BLOCKS and "p" in self.open:
            self.faults.append(f"<{tag}> in <p>")
        if tag in INTERACTIVE and {"a", "button"} & {*self.open}:
            self.faults.append(f"<{tag}> in a link or a button")


@cache
def weight_of(address: str) -> int:
    """Return how many bytes a file of ours takes on the line."""
    path = urlsplit(address).path
    assert path.startswith(settings.STATIC_URL), address
    found = finders.find(path.removeprefix(settings.STATIC_URL))
    assert found, address
    return len(gzip.compress(Path(str(found)).read_bytes()))


def weight(response: HttpResponse, markup: Markup) -> int:
    """Return what the first view takes: the page and all that it names; a QR code comes later."""
    files = {one for one in markup.loads if one and not one.startswith("/qr/")}
    return len(gzip.compress(response.content)) + sum(map(weight_of, files))


def pages(client: Client) -> Iterator[tuple[str, HttpResponse]]:
    """Yield each public page."""
    for path in dict.fromkeys([*without_keys(), "/", *public_records().values()]):
        response = client.get(path)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if response.status_code == 200 and is_page:
            yield path, response


def test_every_public_page_is_light_and_without_faults(client: Client) -> None:
    found = dict(pages(client))
    read = {path: Markup(response.content.decode()) for path, response in found.items()}
    weights = {path: weight(found[path], markup) for path, markup in read.items()}

    assert {path: markup.faults for path, markup in read.items() if markup.faults} == {}
    assert {path: size for path, size in weights.items() if size > MOST} == {}
    assert len(found) > 30


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<p><div></div></p>", "<div> in <p>"),
        ("<ul><a></a></ul>", "<a> right in <ul>"),
        ("<div><li></li></div>", "<li> in <div>"),
        ("<a><button></button></a>", "<button> in a link or a button"),
        ('<b id="a"></b><b id="a"></b>', "id a twice"),
        ('<label for="a"></label>', "no id a"),
        ("<div>", "<div> is never closed"),
        ("<b></i></b>", "</i> closes <b>"),
        ("<br></br>", "</br>"),
        ('<img src="a">', "<img> without alt: a"),
        ('<b class="a" class="b"></b>', "<b> has an attribute twice"),
    ],
)
def test_each_fault_is_found(text: str, fault: str) -> None:
    assert fault in Markup(text).faults


def test_what_is_well_made_has_no_fault() -> None:
    text = '<ul><li><a href="/"><b>a</b></a></li></ul><p>a<br>b</p><dl><div><dt>a</dt></div></dl>'

    assert Markup(text).faults == []
