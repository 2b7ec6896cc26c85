"""Which requests are answered on the loop, and that none is answered with what is no longer so."""

import asyncio
import logging
import threading
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client

from marketplace.project.bodies import Body
from marketplace.project.kept import Kept, Seen, Versions, see
from marketplace.project.pages import Answer
from marketplace.web.pages_kept import kept_pages
from tests.factories.bidding import TenderFactory, load_reference


def test_a_read_that_has_begun_answers_nobody_who_comes_then() -> None:
    versions = iter("abc")
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> Seen:
        version = next(versions)
        begun.set()
        assert go_on.wait(20)
        return Seen(version, timedelta())

    async def ask() -> list[Seen | None]:
        reader = Versions(slowly)
        first = asyncio.ensure_future(reader.read())
        await asyncio.get_running_loop().run_in_executor(None, begun.wait)
        others = [asyncio.ensure_future(reader.read()) for _ in range(3)]
        await asyncio.sleep(0)
        go_on.set()
        return list(await asyncio.gather(first, *others))

    assert [seen.version for seen in asyncio.run(ask()) if seen] == ["a", "b", "b", "b"]


# --- with a database ---
@pytest.fixture
def kept(transactional_db: None) -> Iterator[Kept]:
    load_reference()
    kept = Kept()
    yield kept
    kept.versions.executor.submit(connections.close_all).result()


def ask(kept: Kept, path: str = "/items/", method: str = "GET", **headers: str) -> Answer | None:
    pairs = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    scope: dict[str, Any] = {
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"testserver"), *pairs],
        "server": ("testserver", 80),
        "client": ("10.0.0.7", 4711),
    }
    body = Body(file=BytesIO(), size=0, complete_at=0.0, took=0.0)
    return asyncio.run(kept.answer(scope, body))


def test_a_kept_page_is_answered_as_the_pages_would(
    kept: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="django_structlog")
    assert ask(kept) is None
    page = Client(HTTP_HOST="testserver").get("/items/")

    answer = ask(kept)

    assert answer
    assert (answer.status, answer.file.read()) == (200, page.content)
    headers = {name.lower(): value for name, value in page.items()}
    assert {name.decode(): value.decode() for name, value in answer.headers} == headers
    assert {"x-content-type-options", "referrer-policy", "content-security-policy"} <= set(headers)
    assert kept_pages.figures()["hits"] == 1
    told = caplog.records[-1].msg
    assert isinstance(told, dict)
    assert (told["kept"], told["code"], told["request"]) == ("hit", 200, "GET /items/")


def test_who_has_the_page_is_told_so(kept: Kept) -> None:
    tag = Client(HTTP_HOST="testserver").get("/items/")["ETag"]

    answer = ask(kept, if_none_match=tag)

    assert answer
    assert (answer.status, answer.file.read()) == (304, b"")


def test_what_was_decided_shows_at_the_very_next_request(kept: Kept) -> None:
    Client(HTTP_HOST="testserver").get("/items/")
    assert ask(kept)

    TenderFactory(active=True)

    assert ask(kept) is None


@pytest.mark.parametrize(
    "asked",
    [
        {"path": "/workbench/"},
        {"method": "HEAD"},
        {"method": "POST"},
        {"cookie": "sessionid=x"},
        {"cookie": "messages=x"},
        {"hx_request": "true"},
        {"host": "elsewhere"},
        {"cookie": "mode=elder"},
    ],
)
def test_other_requests_go_to_the_pages(kept: Kept, asked: dict[str, str]) -> None:
    Client(HTTP_HOST="testserver").get("/items/")

    assert ask(kept, **asked) is None


def test_while_the_database_is_away_the_pages_say_so(transactional_db: None) -> None:
    def away(*_call: Any) -> None:
        raise OperationalError

    with connection.execute_wrapper(away):
        assert see() is None
    assert see() is not None
