"""One request on its way: what a page is told, what it answers, what goes to the streams."""

import asyncio
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from marketplace.kernel.clock import BODY_TOOK, COMPLETE_AT
from marketplace.middleware import BODY_REFUSED
from marketplace.project.bodies import Limits, Message, Receive
from marketplace.project.pages import Pages
from marketplace.project.server import PIECE, Send, Server
from marketplace.web.maintenance import Maintenance, announce

LIMITS = Limits(most=10, seconds=0.05, rate=200)
Environ = dict[str, Any]


def page(environ: Environ, start: Callable[..., object]) -> Iterable[bytes]:
    """Answer with the body that came."""
    start("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read()]


async def stream(scope: Message, receive: Receive, send: Send) -> None:
    first = await receive()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": first["body"] + scope["path"].encode()})
    await send({"type": "then", **await receive()})


def scope_of(path: str = "/", **headers: str) -> Message:
    pairs = [(name.replace("__", "-").encode(), text.encode()) for name, text in headers.items()]
    return {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "query_string": b"a=%00",
        "headers": pairs,
        "server": ("here", 8000),
        "client": ("10.0.0.7", 4711),
    }


def ask(
    scope: Message,
    *messages: Message,
    application: Callable[..., Iterable[bytes]] = page,
) -> list[Message]:
    """Return what the server sends to a request that comes in `messages`, then nothing more."""
    sent: list[Message] = []
    waiting = iter(messages)

    async def receive() -> Message:
        with suppress(StopIteration):
            return next(waiting)
        return await asyncio.Event().wait()

    async def send(message: Message) -> None:
        sent.append(message)

    pages = Pages(application, threads=1)
    server = Server(pages, stream, streams=("/live/",), limits=LIMITS)
    asyncio.run(server(scope, receive, send))
    pages.executor.shutdown()
    return sent


def piece(body: bytes, *, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def environ_of(scope: Message, *messages: Message) -> Environ:
    """Return what a page is told about a request."""
    told: list[Environ] = []

    def note(environ: Environ, start: Callable[..., object]) -> Iterable[bytes]:
        told.append(environ)
        return page(environ, start)

    ask(scope, *messages, application=note)
    return told[0]


def test_a_page_gets_the_whole_body_and_its_answer_is_sent() -> None:
    start, body = ask(scope_of(content__length="6"), piece(b"abc", more=True), piece(b"def"))

    assert start == {
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"content-type", b"text/plain")],
    }
    assert body == {"type": "http.response.body", "body": b"abcdef", "more_body": False}


def test_a_body_without_a_length_gets_the_one_it_has() -> None:
    environ = environ_of(scope_of(transfer__encoding="chunked"), piece(b"abc"))

    assert environ["CONTENT_LENGTH"] == "3"


def test_a_question_without_a_body_waits_for_none() -> None:
    environ = environ_of(scope_of())

    assert (environ["CONTENT_LENGTH"], environ[BODY_TOOK]) == ("0", 0.0)


def test_no_header_can_say_when_a_body_was_complete() -> None:
    environ = environ_of(scope_of(**{COMPLETE_AT: "1", "marketplace.complete__at": "1"}))

    assert environ[COMPLETE_AT] > 1.6e9


def test_a_body_that_was_given_up_takes_a_thread_only_to_say_so() -> None:
    environ = environ_of(scope_of(content__length="11"), piece(b"12345678901"))

    assert environ[BODY_REFUSED] is HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert environ["CONTENT_LENGTH"] == "0"


def test_after_half_a_body_the_connection_is_at_its_end() -> None:
    start, _body = ask(scope_of(content__length="6"), piece(b"abc", more=True))

    assert (b"connection", b"close") in start["headers"]


def test_a_long_answer_is_sent_in_pieces_and_whole() -> None:
    content = b"x" * (3 * PIECE + 1)

    def long_page(_environ: Environ, start: Callable[..., object]) -> Iterable[bytes]:
        start("200 OK", [])
        return iter([content[:7], content[7:]])

    _start, *bodies = ask(scope_of(), application=long_page)

    assert [body["more_body"] for body in bodies] == [True, True, True, False]
    assert b"".join(body["body"] for body in bodies) == content


def test_an_answer_that_fails_half_way_is_not_begun() -> None:
    def broken(_environ: Environ, start: Callable[..., object]) -> Iterable[bytes]:
        start("200 OK", [])
        yield b"half"
        raise LookupError

    sent: list[Message] = []
    with pytest.raises(LookupError):
        sent += ask(scope_of(), application=broken)

    assert sent == []


def test_what_an_answer_holds_open_is_closed_on_the_thread_that_made_it() -> None:
    closed: list[str] = []

    class Chunks(list[bytes]):
        def close(self) -> None:
            closed.append(threading.current_thread().name)

    ask(scope_of(), application=lambda _environ, start: start("200 OK", []) and Chunks([b"a"]))

    assert [name[:4] for name in closed] == ["page"]


def test_what_lies_under_a_stream_goes_there_with_its_body_and_what_follows() -> None:
    gone = {"type": "http.disconnect"}

    _start, body, then = ask(scope_of("/live/x", content__length="3"), piece(b"abc"), gone)

    assert body["body"] == b"abc/live/x"
    assert then == gone


def test_a_closed_platform_opens_no_stream(settings: Any, tmp_path: Path) -> None:
    settings.MAINTENANCE_FILE = tmp_path / "maintenance.json"
    open_stream = ask(scope_of("/live/a"), piece(b""))
    announce(Maintenance())

    closed_stream = ask(scope_of("/live/a", content__length="6"), piece(b"abcdef"))

    assert open_stream[1] == {"type": "http.response.body", "body": b"/live/a"}
    assert closed_stream[1]["body"] == b"abcdef"  # the pages answered
