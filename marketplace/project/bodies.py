"""The body of a request, read whole, within a limit and a deadline, before a thread is taken."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
KEPT_IN_MEMORY = 256 * 1024


class Disconnected(Exception):
    """The reader has gone; there is nobody to answer."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """
    What a body may take: `most` bytes, and `seconds` plus one more for each `rate` bytes that came.

    So a small form has little time, a large file over a slow line enough, and silence none.
    """

    most: int
    seconds: float
    rate: int

    def seconds_for(self, size: int) -> float:
        """Return how long a body of which `size` bytes have come may have taken by then."""
        return self.seconds + min(size, self.most) / self.rate


@dataclass(frozen=True, kw_only=True)
class Body:
    """A body that is complete, or why it was given up (408, 413); then `file` is empty."""

    file: IO[bytes]
    size: int
    complete_at: float
    """When the last byte was here, in seconds since 1970."""
    took: float
    """Seconds from the head of the request to that."""
    refused: HTTPStatus | None = None


class _Reading:
    """What has come of one body so far."""

    def __init__(self, limits: Limits, announced: int) -> None:
        self.limits, self.size = limits, 0
        self.file = SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115 - the reader closes it
        self.refused = self.if_too_large(announced)

    def if_too_large(self, size: int) -> HTTPStatus | None:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE if size > self.limits.most else None

    def take(self, message: Message) -> bool:
        """
        Keep the next piece; tell whether to ask for another.

        Raises:
            Disconnected: there is none; the reader went away.
        """
        if message["type"] == "http.disconnect":
            raise Disconnected
        piece = message.get("body", b"")
        self.size += len(piece)
        self.refused = self.refused or self.if_too_large(self.size)
        if self.refused is None:
            self.file.write(piece)
        return bool(message.get("more_body", False)) and self.size <= 2 * self.limits.most

    async def go_on(self, receive: Receive) -> None:
        """Read to the end, or until it takes too long."""
        begins_at = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(self.limits.seconds) as patience:
                while self.take(await receive()):
                    patience.reschedule(begins_at + self.limits.seconds_for(self.size))
        except TimeoutError:
            self.refused = self.refused or HTTPStatus.REQUEST_TIMEOUT


async def read_whole(receive: Receive, limits: Limits, *, announced: int) -> Body:
    """
    Read a request's body to its end; `announced` is its Content-Length.

    What is too large is still received for a while, and forgotten: a browser reads no answer before
    it has sent everything.

    Raises:
        Disconnected: the reader went away in the middle.
    """
    began, reading = time.monotonic(), _Reading(limits, announced)
    try:
        await reading.go_on(receive)
    except BaseException:
        reading.file.close()
        raise
    if reading.refused is not None:
        reading.size = 0
        reading.file.truncate(0)
    reading.file.seek(0)
    return Body(
        file=reading.file,
        size=reading.size,
        complete_at=time.time(),
        took=time.monotonic() - began,
        refused=reading.refused,
    )
