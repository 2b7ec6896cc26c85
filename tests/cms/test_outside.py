"""Whether pages of other sites answer, asked of a site in this process."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from cms.outside import HttpFetch, link_fetch


class Site(BaseHTTPRequestHandler):
    """Knows one page, one that answers no head, and no other."""

    def do_HEAD(self) -> None:
        self.send_response({"/": 200, "/no-head": 405}.get(self.path, 404))
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_answer_is_told_from_a_failure(site: str) -> None:
    fetch = HttpFetch()

    assert [fetch.problem(f"{site}{path}") for path in ("/", "/no-head", "/gone")] == [
        "",
        "",
        "404",
    ]
    assert fetch.problem("ftp://127.0.0.1/") == "not http"
    assert "refused" in fetch.problem("http://127.0.0.1:9/")


class Proxy:
    """A province's own way to other sites."""

    def problem(self, address: str) -> str:
        return f"blocked {address}"


def test_the_settings_name_who_asks(settings: object) -> None:
    settings.LINK_FETCH = "tests.cms.test_outside.Proxy"  # type: ignore[attr-defined]

    assert link_fetch().problem("http://a/") == "blocked http://a/"
