"""
The stream of a hall: server-sent events, the same for everybody who watches.

An ASGI application of its own beside Django's: who watches needs no session, and a thread and a
connection for each of a thousand watchers is what Django's middleware would cost. One task in each
process reads the halls that are watched and hands each event, written once, to all of its readers.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections, connection
from django.http.request import validate_host

from bidding.pages.halls import Look, look_at, millis, told_of, told_of_quote
from marketplace.kernel import clock

Reader = asyncio.Queue[bytes | None]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
PATH = re.compile(r"^/live/tenders/(?P<code>[A-Z0-9-]{1,24})/hall/$")
LOOK_SECONDS = 0.1
"""How often the database is asked, once for all halls that are watched in this process."""
STILL_SECONDS = 15.0
"""How long a stream may be silent before it says what time it is."""
RETRY_MILLISECONDS = 2000
QUEUE = 200
"""How many events a reader may lag behind; one that is slower comes again by its last event."""
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


@dataclass(eq=False)
class Room:
    """The readers of one hall in this process, and what was told them last."""

    known: int = 0
    """The number of the last quote that was told."""
    told: Mapping[str, Any] | None = None
    written: list[bytes] = field(default_factory=list)
    """Each quote as it goes over the line, the first at 0."""
    readers: set[Reader] = field(default_factory=set)

    def tell(self, text: bytes) -> None:
        """Hand an event to every reader; one that lags too far is let go."""
        for reader in list(self.readers):
            try:
                reader.put_nowait(text)
            except asyncio.QueueFull:
                self.readers.discard(reader)
                with suppress(asyncio.QueueEmpty):
                    reader.get_nowait()
                reader.put_nowait(None)


class Watch:
    """The one who reads for all: it works while anybody watches in this process."""

    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}
        self.task: asyncio.Task[None] | None = None

    def join(self, code: str, reader: Reader) -> Room:
        """Let somebody into the room of a hall, and begin to read if nobody does yet."""
        room = self.rooms.setdefault(code, Room())
        room.readers.add(reader)
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._read())
        return room

    def leave(self, code: str, reader: Reader) -> None:
        """Let somebody go; the last one closes the room."""
        room = self.rooms.get(code)
        if room is None:
            return
        room.readers.discard(reader)
        if not room.readers:
            self.rooms.pop(code, None)

    async def _read(self) -> None:
        """Look again and again; a database that does not answer is asked again."""
        loop = asyncio.get_running_loop()
        told_at = loop.time()
        while self.rooms:
            with suppress(Exception):
                await self.look()
            if loop.time() - told_at >= STILL_SECONDS:
                told_at = loop.time()
                await self._tell_time()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Read what is new in every room and tell it."""
        known = {code: room.known for code, room in self.rooms.items()}
        looks, now = await _look(known)
        for code, look in looks.items():
            if (room := self.rooms.get(code)) is not None and room.known == known[code]:
                _tell(room, look, now)

    async def _tell_time(self) -> None:
        now = await _now()
        for room in self.rooms.values():
            room.tell(event("time", {"now": millis(now)}))


def _tell(room: Room, look: Look, now: datetime) -> None:
    for quote in look.quotes:
        text = event("quote", {**told_of_quote(quote), "now": millis(now)}, number=quote.number)
        room.written.append(text)
        room.known = quote.number
        room.tell(text)
    told = told_of(look)
    if told["phase"] != (room.told or {}).get("phase"):
        room.tell(event("hall", {**told, "now": millis(now)}))
    room.told = told


def event(name: str, data: Mapping[str, Any], *, number: int | None = None) -> bytes:
    """Return an event as it goes over the line; a quote has its number for `Last-Event-ID`."""
    identity = "" if number is None else f"id: {number}\n"
    return f"event: {name}\n{identity}data: {json.dumps(data)}\n\n".encode()


@sync_to_async(thread_sensitive=False)
def _look(known: Mapping[str, int]) -> tuple[dict[str, Look], datetime]:
    close_old_connections()
    try:
        now = clock.now()
        return look_at(known, now), now
    finally:
        connection.close()


@sync_to_async(thread_sensitive=False)
def _now() -> datetime:
    try:
        return clock.now()
    finally:
        connection.close()


WATCH = Watch()


async def application(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    """Answer a reader of a hall until it goes, or until the hall is over for good."""
    match = PATH.match(scope["path"])
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    if match is None or scope["method"] != "GET" or not _is_ours(headers.get("host", "")):
        await _refuse(send)
        return
    code = match["code"]
    if code not in (await _look({code: 0}))[0]:
        await _refuse(send)
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    reader: Reader = asyncio.Queue(QUEUE)
    gone = asyncio.create_task(_until_gone(receive))
    try:
        await _serve(WATCH.join(code, reader), reader, _last_seen(scope, headers), gone, send)
    finally:
        gone.cancel()
        WATCH.leave(code, reader)


async def _serve(
    room: Room,
    reader: Reader,
    seen: int,
    gone: asyncio.Task[None],
    send: Send,
) -> None:
    """Tell what was missed, then what comes; between the two nothing can be told."""
    if room.told is None:
        await WATCH.look()
    now = await _now()
    # no await from here to the end of `begin`: what is told meanwhile would come twice, or never
    while not reader.empty():
        reader.get_nowait()
    begin = b"".join([f"retry: {RETRY_MILLISECONDS}\n\n".encode(), *room.written[seen:]])
    if room.told is not None:
        begin += event("hall", {**room.told, "now": millis(now)})
    await _send(send, begin)
    while not gone.done():
        text = await _next(reader, gone)
        if text is None:
            break
        await _send(send, text)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _next(reader: Reader, gone: asyncio.Task[None]) -> bytes | None:
    """Return what comes next, all that waits at once; None when the reader has gone."""
    get = asyncio.create_task(reader.get())
    await asyncio.wait({get, gone}, return_when=asyncio.FIRST_COMPLETED)
    if not get.done():
        get.cancel()
        return None
    parts = [get.result()]
    while not reader.empty():
        parts.append(reader.get_nowait())
    return None if None in parts else b"".join(part for part in parts if part is not None)


async def _send(send: Send, text: bytes) -> None:
    await send({"type": "http.response.body", "body": text, "more_body": True})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": HEADERS[1:]})
    await send({"type": "http.response.body", "body": b""})


def _last_seen(scope: Mapping[str, Any], headers: Mapping[str, str]) -> int:
    """Return the number of the last quote that a reader has: its browser's word, or its page's."""
    after = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("after", ["0"])[-1]
    told = headers.get("last-event-id", after)
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 0


def _is_ours(host: str) -> bool:
    return validate_host(host.partition(":")[0].lower(), settings.ALLOWED_HOSTS or ["localhost"])
