"""
Every link as each reader, and every kind of page by axe: nothing broken, nothing barred.

Links are followed by plain requests, which are quick; Chromium then opens what it must have seen.
For each reader that is one page of every kind, which axe judges, and then every page with an
element that no tab has shown under the same Content-Security-Policy. The first page of a kind that
anybody opens is judged in every look: light, dark, elder and forced colours, at a desk's width, at
a phone's and at 400 %; and its markup by the Nu Html Checker. That is enough:

- A policy bars one element at a time: a source to load, a script, a style, a handler. So the same
  element under the same policy has the same verdict, wherever on the site it stands.
- Our scripts find elements by their attributes and act on each by itself, so an element that was
  silent inside the same parent is silent elsewhere.
- Two pages with the same markup differ in words and in the number of equal rows alone, so axe
  judges them alike.
- A look changes colours and sizes of the same elements. Those of a kind of page are on one of them,
  and their parts are judged by their colours wherever they stand.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import LOOKS, SIZES, Arrival, complaints
from tests.journeys.crawl import Asker, Crawl, Sight
from tests.journeys.demo import ANONYMOUS, READERS
from tests.journeys.html import faults

pytestmark = pytest.mark.browser


class Shown:
    """
    What the tabs of all readers have shown, and what axe has judged.

    Known by a file for each thing, so that all processes of this run know it; whoever makes the
    file is the one who shows it.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.known: set[object] = set()

    def judge(self, samples: list[Sight]) -> list[Sight]:
        """Return those whose markup is new; all of it is known from now on."""
        new = [sight for sight in samples if self._is_first(sight.markup)]
        for sight in new:
            self._add(sight)
        return new

    def first_of_kinds(self, kinds: Iterable[str]) -> list[str]:
        """Return the kinds of pages that nobody has opened before; all are known from now on."""
        return [kind for kind in kinds if self._is_first(f"a page of {kind}")]

    def show(self, sights: list[Sight]) -> list[Sight]:
        """Return, those with most elements first, what adds an element to the ones before."""
        return [
            sight
            for sight in sorted(sights, key=lambda one: -len(one.elements))
            if self._add(sight)
        ]

    def _add(self, sight: Sight) -> bool:
        """Note the elements of a page; tell whether one of them is new."""
        new = [element for element in sight.elements - self.known if self._is_first(element)]
        return new != []

    def _is_first(self, thing: str | tuple[str, str]) -> bool:
        self.known.add(thing)
        name = sha256(repr(thing).encode()).hexdigest()
        with suppress(FileExistsError):
            (self.folder / name).touch(exist_ok=False)
            return True
        return False


def shared(arrivals: list[Arrival], tabs: list[Page]) -> list[tuple[Page, list[Arrival]]]:
    """Return which tab arrives where."""
    return [(tab, arrivals[n :: len(tabs)]) for n, tab in enumerate(tabs)]


def goto(sight: Sight, page: Page) -> None:
    page.goto(sight.address)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Shown:
    own = tmp_path_factory.getbasetemp()
    return Shown((own if worker_id == "master" else own.parent) / "shown")


@pytest.fixture
def asker(base_url, keys) -> Callable[[str], Asker]:
    """Return a function that makes who asks for pages as an account."""
    return lambda login: Asker(base_url, keys(login))


@pytest.mark.parametrize("reader", READERS)
def test_every_link_works_and_every_kind_of_page_is_accessible(
    browse, asker, shown, problems, record_property, reader
):
    login = READERS[reader]
    page = browse(login=login)
    page.goto("/")
    tabs = [page, page.context.new_page()]
    crawl = Crawl(asker(login), urlsplit(page.url).netloc, is_public=login == ANONYMOUS)

    crawl.run("/", *([] if crawl.is_public else ["/workbench/"]))
    new = [crawl.samples[kind] for kind in shown.first_of_kinds(crawl.samples)]
    texts = {sight.address: crawl.asker.get(sight.address).data.decode() for sight in new}
    again = [sight for sight in crawl.samples.values() if sight not in new]
    judged = [*shown.judge(new), *shown.judge(again)]
    in_every_look = [partial(goto, sight) for sight in judged if sight in new]
    usual = [partial(goto, sight) for sight in judged if sight not in new]
    found = complaints(shared(in_every_look, tabs), LOOKS) + complaints(shared(usual, tabs))
    invalid = faults(texts)
    others = shown.show(list(crawl.sights.values()))
    for sight in others:
        page.goto(sight.address)

    record_property("links followed", crawl.opened)
    record_property("anchors", sum(map(len, crawl.anchors.values())))
    record_property("pages shown", len(judged) + len(others))
    record_property("pages judged", len(judged) * len(SIZES))
    record_property("pages judged in every look", len(in_every_look))
    record_property("same by their markup", (len(crawl.samples) - len(judged)) * len(SIZES))
    record_property("violations", len(found))
    assert crawl.broken == []
    assert found == []
    assert invalid == []
    assert problems == []
