"""One request on its way through the server: its body first, then a page or a stream."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from http import HTTPStatus
from io import BytesIO
from typing import Any

from marketplace.kernel.clock import BODY_TOOK, COMPLETE_AT
from marketplace.middleware import BODY_REFUSED
from marketplace.project.bodies import Body, Disconnected, Limits, Receive, read_whole
from marketplace.project.kept import Kept
from marketplace.project.pages import Answer, Pages, Scope
from marketplace.web import maintenance
from marketplace.web.metrics import metrics

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Asgi = Callable[[Any, Any, Any], Awaitable[None]]
PIECE = 64 * 1024
HTTP_1 = ("1.0", "1.1")


class Server:
    """
    The ASGI application: waiting is done here, on one loop, computing on the threads of the pages.

    What lies under one of the `streams` goes to Django's own ASGI application, which keeps a
    connection open without a thread.
    """

    def __init__(
        self, pages: Pages, streaming: Asgi, *, streams: tuple[str, ...], limits: Limits
    ) -> None:
        self.pages, self.streaming, self.kept = pages, streaming, Kept()
        self.streams, self.limits = streams, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; there are no others."""
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        try:
            body = await self.body_of(scope, receive)
        except Disconnected:
            return
        is_open = maintenance.announced() is None
        if is_open and body.refused is None and scope["path"].startswith(self.streams):
            await self.streaming(scope, replayed(body, receive), send)
            return
        began = time.monotonic()
        answer = await self.kept.answer(scope, body) if is_open else None
        if answer is None:
            answer = await self.pages.answer(scope, body, facts_of(body))
        metrics.count(answer.status, time.monotonic() - began)
        await send_whole(answer, body, send)

    async def body_of(self, scope: Scope, receive: Receive) -> Body:
        """Return the body of a request; for a mere question of HTTP/1 without asking for one."""
        headers = dict(scope["headers"])
        announced = headers.get(b"content-length")
        is_pieced = b"transfer-encoding" in headers or scope["http_version"] not in HTTP_1
        if announced is None and not is_pieced:
            return Body(file=BytesIO(), size=0, complete_at=time.time(), took=0.0)
        return await read_whole(receive, self.limits, announced=int(announced or 0))


def parted(applications: Mapping[str, Asgi], *, otherwise: Asgi) -> Asgi:
    """Return an application that hands each request on by the beginning of its address."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        path: str = scope["path"]
        found = (one for prefix, one in applications.items() if path.startswith(prefix))
        await next(found, otherwise)(scope, receive, send)

    return application


def facts_of(body: Body) -> dict[str, object]:
    """Return what the pages ask about a body: see `kernel.clock` and `middleware.whole_body`."""
    return {
        COMPLETE_AT: body.complete_at,
        BODY_TOOK: body.took,
        BODY_REFUSED: body.refused,
    }


def replayed(body: Body, receive: Receive) -> Receive:
    """Return a `receive` that begins with `body` and goes on with what comes then."""
    is_told = False

    async def receive_again() -> MutableMapping[str, Any]:
        nonlocal is_told
        if is_told:
            return await receive()
        is_told = True
        with body.file:
            return {"type": "http.request", "body": body.file.read(), "more_body": False}

    return receive_again


async def send_whole(answer: Answer, body: Body, send: Send) -> None:
    """Send an answer at the pace of its reader; after half a body the connection is at its end."""
    headers = answer.headers
    if body.refused is HTTPStatus.REQUEST_TIMEOUT:
        headers = [*headers, (b"connection", b"close")]
    with answer.file as file:
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        piece = file.read(PIECE)
        while following := file.read(PIECE):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            piece = following
        await send({"type": "http.response.body", "body": piece, "more_body": False})
