"""The stream of a hall: what is replayed, what is told, and that one reads for all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from bidding.views import hall_stream
from bidding.views.hall_stream import QUEUE, Room, Watch, application, event
from tests.bidding.halls import in_session, quotes
from tests.factories.bidding import OPENING, TenderFactory

SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.django_db(transaction=True)


class Watcher:
    """Somebody who watches: `told` is what came, and after `enough` of it they go."""

    def __init__(self, path: str, enough: int, *, last: str = "", query: str = "") -> None:
        headers = [(b"host", b"localhost")]
        if last:
            headers.append((b"last-event-id", last.encode()))
        self.scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "headers": headers,
        }
        self.enough, self.status, self.text = enough, 0, b""
        self.gone = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.status = message.get("status", self.status)
        self.text += message.get("body", b"")
        if len(self.told) >= self.enough:
            self.gone.set()

    async def watch(self) -> None:
        await asyncio.wait_for(application(self.scope, self.receive, self.send), 10)

    @property
    def told(self) -> list[tuple[str, Any]]:
        """What came, by kind and content, without the moment at which it was told."""
        parts = [part.split("\n") for part in self.text.decode().split("\n\n") if "data: " in part]
        return [(lines[0].removeprefix("event: "), json.loads(lines[-1][6:])) for lines in parts]

    @property
    def numbers(self) -> list[int]:
        return [data["number"] for kind, data in self.told if kind == "quote"]


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hall_stream, "WATCH", Watch())
    monkeypatch.setattr(hall_stream, "LOOK_SECONDS", 0.01)


def watching(*watchers: Watcher, meanwhile: Callable[[], object] | None = None) -> None:
    async def run() -> None:
        watches = [asyncio.create_task(one.watch()) for one in watchers]
        if meanwhile is not None:
            while any(not one.told for one in watchers):
                await asyncio.sleep(0.01)
            await asyncio.to_thread(_and_hang_up, meanwhile)
        await asyncio.gather(*watches)

    asyncio.run(run())


def _and_hang_up(act: Callable[[], object]) -> None:
    """Act on the connection of this thread and close it: PostgreSQL drops no database in use."""
    try:
        act()
    finally:
        connection.close()


def test_who_comes_late_is_told_all_and_who_comes_back_what_it_missed() -> None:
    with time_machine.travel(OPENING + 10 * SECOND, tick=True):
        tender, (one, two, _three) = in_session()
        quotes(one, 90_000, 1)
        quotes(two, 80_000, 2)
        path = f"/live/tenders/{tender.code}/hall/"
        new, back = Watcher(path, 3), Watcher(path, 2, last="1")
        page = Watcher(path, 1, query="after=2")

        watching(new, back, page)

    assert (new.status, new.numbers, back.numbers, page.numbers) == (200, [1, 2], [2], [])
    kind, told = page.told[0]
    assert (kind, told["phase"], told["price"]) == ("hall", "open", "80000.00")
    assert "retry: 2000" in new.text.decode()
    assert "id: 2\n" in new.text.decode()
    assert one.bid.agency.name not in new.text.decode()


def test_a_quote_is_told_to_everybody_who_watches() -> None:
    with time_machine.travel(OPENING + 10 * SECOND, tick=True):
        tender, (one, _two, _three) = in_session()
        path = f"/live/tenders/{tender.code}/hall/"
        watchers = [Watcher(path, 2) for _watcher in range(5)]

        watching(*watchers, meanwhile=lambda: quotes(one, 90_000, 11))

    assert [watcher.numbers for watcher in watchers] == [[1]] * 5
    assert {watcher.told[1][1]["amount"] for watcher in watchers} == {"90000.00"}


@pytest.mark.parametrize("path", ["/live/tenders/X/hall/", "/live/tenders/", "/live/tenders/x/"])
def test_there_is_no_stream_of_nothing(path: str) -> None:
    watcher = Watcher(path, 99)

    watching(watcher)

    assert (watcher.status, watcher.told) == (404, [])


def test_another_name_of_the_site_is_refused(settings: Any) -> None:
    tender = TenderFactory(active=True)
    settings.ALLOWED_HOSTS = ["example.org"]
    watcher = Watcher(f"/live/tenders/{tender.code}/hall/", 99)

    watching(watcher)

    assert watcher.status == 404


def test_who_lags_too_far_is_let_go() -> None:
    async def run() -> tuple[Room, asyncio.Queue[bytes | None]]:
        room, reader = Room(), asyncio.Queue[bytes | None](QUEUE)
        room.readers.add(reader)
        for _event in range(QUEUE + 1):
            room.tell(event("time", {}))
        return room, reader

    room, reader = asyncio.run(run())

    assert room.readers == set()
    assert [reader.get_nowait() for _event in range(QUEUE)][-1] is None
