"""Public pages that are kept, answered on the loop: no thread is taken, no middleware passed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, connection

from marketplace.kernel import clock, known
from marketplace.project.bodies import Body
from marketplace.project.pages import Answer, Scope, environment
from marketplace.web import pages_kept


@dataclass(frozen=True)
class Seen:
    """The version of what is public, and how far the clock was moved at it."""

    version: str
    offset: timedelta


Waiting = list[asyncio.Future[Seen | None]]


class Versions:
    """
    Read the version for all requests that wait for it, by one statement on one kept connection.

    A read that has begun is no answer to a request that comes then, for it may be older than what
    was decided in between: that request waits for the next read, together with others.
    """

    def __init__(self, see: Callable[[], Seen | None]) -> None:
        self.executor = ThreadPoolExecutor(1, thread_name_prefix="version")
        self._see = see
        self._waiting: Waiting = []
        self._is_reading = False

    async def read(self) -> Seen | None:
        """Return what a read saw that began after this call; None if the database did not say."""
        future: asyncio.Future[Seen | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        if not self._is_reading:
            self._begin()
        return await future

    def _begin(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._is_reading = True
        reading = asyncio.get_running_loop().run_in_executor(self.executor, self._see)
        reading.add_done_callback(partial(self._tell, waiting))

    def _tell(self, waiting: Waiting, reading: asyncio.Future[Seen | None]) -> None:
        self._is_reading = False
        for future in waiting:
            if not future.done():
                future.set_result(reading.result())
        if self._waiting:
            self._begin()


def see() -> Seen | None:
    """Read the version; None if that fails: the page then says what is the matter."""
    try:
        version = known.read_version()
        with known.at_version(version):
            return Seen(version, clock.offset())
    except DatabaseError:
        connection.close()
        return None


class Kept:
    """Answer a request with the page that is kept for it, if there is one."""

    def __init__(self) -> None:
        self.versions = Versions(see)

    async def answer(self, scope: Scope, body: Body) -> Answer | None:
        """Return the answer; None where the pages must be asked."""
        if scope["method"] != "GET" or not pages_kept.is_public(scope["path"]) or body.refused:
            return None
        request = WSGIRequest(environment(scope, body))
        if not pages_kept.may_be_kept(request) or (seen := await self.versions.read()) is None:
            return None
        response = pages_kept.kept_response(request, seen.version, clock.moved_by(seen.offset))
        return None if response is None else _answer_of(response)


def _answer_of(response: Any) -> Answer:
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in response.items()
    ]
    return Answer(response.status_code, headers, BytesIO(response.content))
