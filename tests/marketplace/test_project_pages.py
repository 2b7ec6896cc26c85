"""A request as WSGI has it, and an answer taken whole."""

import asyncio
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest

from marketplace.project.bodies import Body
from marketplace.project.pages import Answer, Environ, Pages, environment

Pair = tuple[bytes, bytes]


def scope(*headers: Pair, **changed: Any) -> dict[str, Any]:
    return {
        "method": "POST",
        "path": "/订单/",
        "query_string": b"a=%00",
        "http_version": "1.1",
        "scheme": "http",
        "server": ("here", 8000),
        "client": ("10.0.0.7", 4711),
        "headers": [*headers],
        **changed,
    }


def body(content: bytes = b"") -> Body:
    return Body(file=BytesIO(content), size=len(content), complete_at=0.0, took=0.0)


def environ_of(*headers: Pair, **changed: Any) -> Environ:
    return environment(scope(*headers, **changed), body(b"abc"))


def test_a_page_is_told_what_wsgi_tells() -> None:
    environ = environ_of((b"content-type", b"text/plain"), (b"host", b"market"))

    expected = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/订单/".encode().decode("latin-1"),
        "QUERY_STRING": "a=%00",
        "SERVER_NAME": "here",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "10.0.0.7",
        "REMOTE_PORT": "4711",
        "CONTENT_TYPE": "text/plain",
        "HTTP_HOST": "market",
        "wsgi.url_scheme": "http",
    }
    assert {key: environ[key] for key in expected} == expected
    assert environ["wsgi.input"].read() == b"abc"


@pytest.mark.parametrize("headers", [(), ((b"content-length", b"999"),)])
def test_a_body_has_the_length_that_was_counted_whatever_was_said(headers: tuple[Pair]) -> None:
    environ = environ_of(*headers)

    assert environ["CONTENT_LENGTH"] == "3"
    assert "HTTP_CONTENT_LENGTH" not in environ


def test_a_header_with_an_underscore_does_not_pass_for_that_of_the_proxy() -> None:
    environ = environ_of((b"x-request-start", b"1"), (b"x_request_start", b"2"))

    assert environ["HTTP_X_REQUEST_START"] == "1"


def test_a_header_that_comes_twice_is_one_and_so_are_cookies() -> None:
    environ = environ_of(
        *((b"accept", b"a"), (b"accept", b"b"), (b"cookie", b"a=1"), (b"cookie", b"b=2"))
    )

    assert (environ["HTTP_ACCEPT"], environ["HTTP_COOKIE"]) == ("a,b", "a=1; b=2")


def test_a_request_over_a_socket_without_addresses_has_some_all_the_same() -> None:
    environ = environ_of(server=None, client=None)

    assert (environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("localhost", "80")
    assert (environ["REMOTE_ADDR"], environ["REMOTE_PORT"]) == ("", "0")


class Chunks:
    """What an application answers: it may fail half-way, and notes that it was closed."""

    def __init__(self, *chunks: bytes, fails: bool = False) -> None:
        self.chunks, self.fails, self.is_closed = chunks, fails, False

    def __iter__(self) -> Iterator[bytes]:
        yield from self.chunks
        if self.fails:
            raise LookupError

    def close(self) -> None:
        self.is_closed = True


def answer(chunks: Chunks) -> Answer:
    def application(_environ: Environ, start: Callable[..., object]) -> Chunks:
        start("201 Created", [("Content-Type", "text/plain")])
        return chunks

    pages = Pages(application, threads=1)
    found = asyncio.run(pages.answer(scope(), body(), {}))
    pages.executor.shutdown()
    return found


def test_an_answer_is_taken_whole_and_its_source_closed() -> None:
    found = answer(chunks := Chunks(b"one ", b"two"))

    assert (found.status, found.headers) == (201, [(b"content-type", b"text/plain")])
    with found.file as file:
        assert file.read() == b"one two"
    assert chunks.is_closed


def test_an_answer_that_fails_half_way_is_none_and_its_source_is_closed_too() -> None:
    chunks = Chunks(b"half", fails=True)

    with pytest.raises(LookupError):
        answer(chunks)

    assert chunks.is_closed
