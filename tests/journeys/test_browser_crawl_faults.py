"""The crawl itself: that it finds what is planted on a small site of its own."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest

from tests.journeys.crawl import Asker, Crawl, Reading
from tests.journeys.html import faults

pytestmark = pytest.mark.browser

BAR = '<aside class="no-print z-demo"></aside>'
ASKING = """<form method="post"><input name="a"></form><a href="#">open</a>
<button type="button" class="menu">open</button><form><button type="button">go</button></form>"""
SOUND = """<form method="post"><input name="a"><button>go</button></form>
<p id="form-help">help</p><button type="button" hidden>copy</button>
<dialog><form method="dialog"><button>no</button><button type="button">yes</button></form></dialog>
<form><input name="q"><button aria-disabled="true" type="button">not now</button></form>"""
HOME = f"""{BAR}
<a href="/shelf/#top-row">there</a><a href="/shelf/#%E8%A7%84%E5%88%99">a Chinese name</a>
<a href="/shelf/#fallen">nowhere</a><a href="/list/">list</a><a href="/lost/">lost</a>
<a href="/bare/">bare</a><a href="/sound/">sound</a><a href="https://example.test/">not ours</a>
<a download href="/list.json">a list</a><a download href="/shelf/">not a file</a>"""
LIST = f"""{BAR}<main id="main">
<a href="?queue=review#main">a</a><a href="?queue=publish">b</a><a href="?queue=register">c</a>
<a href="?class=A">A</a><a href="?class=B">B</a><a href="?class=C">C</a></main>"""
SITE = {
    "/": HOME,
    "/list/": LIST,
    "/shelf/": f'{BAR}<main><p id="top-row"></p><p id="规则"></p><a href="#gone">gone</a></main>',
    "/bare/": f"<main>{ASKING}</main>",
    "/sound/": f"{BAR}<main>{SOUND}</main>",
    "/list.json": "[]",
}
PLANT = """document.body.insertAdjacentHTML(
  'beforeend', '<p style="top: 0"></p><img alt="" src="/lost.png">'
)"""


class Handler(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        text = SITE.get(urlsplit(self.path).path)
        self.send_response(404 if text is None else 200)
        kind = "application/json" if self.path.endswith(".json") else "text/html; charset=utf-8"
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write((text or "").encode())

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[tuple[str, list[str]]]:
    """Serve the small site; yield where it is and the list of what is asked of it."""
    asked: list[str] = []
    handler = type("Handler", (Handler,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


@pytest.fixture
def crawl(site) -> Crawl:
    crawl = Crawl(Asker(f"http://{site[0]}"), site[0], is_public=True)
    crawl.run("/")
    return crawl


def test_what_is_lost_or_missing_or_does_nothing_without_scripts_is_found(crawl):
    assert sorted(crawl.broken) == [
        "/shelf/ is no file (linked from /)",
        "404 /lost/ (linked from /)",
        "a form that no button sends at /bare/",
        "a link that leads nowhere at /bare/",
        "no #fallen at /shelf/ (linked from /)",
        "no #gone at /shelf/ (linked from /shelf/)",
        "no bar of the demo at /bare/",
        "no help beside the form at /bare/",
        "the button None at /bare/",
        "the button menu at /bare/",
    ]


def test_markup_that_is_not_valid_is_found():
    sound = (
        "<!DOCTYPE html><html lang='zh-Hans'><head><title>一</title></head><body>{}</body></html>"
    )
    pages = {
        "/sound/": sound.format('<p hx-get="/a/">一</p>'),
        "/bare/": sound.format("<p><ul><p>一</p></ul>"),
    }

    assert faults(pages) == [
        "/bare/: Element “p” not allowed as child of element “ul” in this context. "
        "(Suppressing further errors from this subtree.)"
    ]
    assert faults({}) == []


def test_every_queue_is_opened_and_of_other_parameters_the_first_values(crawl, site):
    variants = [address for address in site[1] if "?" in address]

    assert sorted(variants) == [
        "/list/?class=A",
        "/list/?class=B",
        "/list/?queue=publish",
        "/list/?queue=register",
        "/list/?queue=review",
    ]


def test_a_file_is_fetched_and_other_sites_are_left_alone(crawl, site):
    assert "/list.json" in site[1]
    assert not [address for address in site[1] if "example" in address]


def test_a_tab_notes_a_style_that_the_policy_bars_and_a_picture_that_is_not_there(browse, problems):
    page = browse()
    page.goto("/")

    with page.expect_console_message(lambda said: "404" in said.text):
        page.evaluate(PLANT)

    assert [problem for problem in problems if "Content Security Policy" in problem] != []
    assert [problem for problem in problems if "404" in problem and "/lost.png" in problem] != []


@pytest.mark.parametrize(
    "other",
    [
        '<p class="b"></p>',
        '<p style="top:0"></p>',
        '<p onclick="go()"></p>',
        '<p data-copy="x"></p>',
        "<main><p></p></main>",
        "<p><script>go()</script></p>",
        '<p><link rel="stylesheet" href="/b.css"></p>',
        '<p><img src="/b.png"></p>',
    ],
)
def test_what_a_browser_carries_out_makes_another_element(other):
    assert not Reading(other).elements <= Reading('<p></p><p class="a"></p>').elements


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('<a href="/a/">a</a>', '<a href="/b/">b</a>'),
        ("<ul><li>a</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ('<p id="a"></p>', '<p id="b"></p>'),
        (
            '<script type="application/json">1</script>',
            '<script type="application/json">2</script>',
        ),
    ],
)
def test_words_names_and_numbers_make_no_other_element(one, other):
    assert Reading(one).elements == Reading(other).elements


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("<p>a</p>", "<p>b</p>", True),
        ('<p data-now="1"><a href="/a/">a</a>', '<p data-now="2"><a href="/b/">b</a>', True),
        ("<ul>" + "<li>a</li>" * 2 + "</ul>", "<ul>" + "<li>b</li>" * 9 + "</ul>", True),
        ("<ul><li>a</li></ul>", "<ul><li>a</li><li>b</li></ul>", False),
        ("<ul>" + "<li>a</li>" * 3 + "</ul>", "<ul>" + "<li>a</li>" * 3 + "<li></li></ul>", False),
        ("<p>a<br></p>", "<p><br>a</p>", False),
        ('<p class="a">a</p>', '<p class="b">a</p>', False),
        ('<p id="a">a</p>' * 2, '<p id="a">a</p><p id="b">a</p>', False),
        ("<div><p>a</p></div>", "<div></div><p>a</p>", False),
    ],
)
def test_words_moments_and_equal_rows_make_no_other_markup(one, other, same):
    assert (Reading(one).markup == Reading(other).markup) is same
