"""What is answered where a page cannot be: to people and to programs, and what it asks."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from marketplace.web import faults
from marketplace.web.maintenance import Maintenance, announce
from tests.clock import NOON

PAGE, JSON = "text/html", "application/json"
SOON = NOON + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _file(settings: Any, tmp_path: Path) -> None:
    settings.MAINTENANCE_FILE = tmp_path / "maintenance.json"


def asked(path: str, accept: str = "*/*") -> HttpRequest:
    return RequestFactory().get(path, headers={"accept": accept})


@pytest.mark.parametrize(
    ("path", "accept", "is_program"),
    [
        ("/tenders/", "*/*", False),
        ("/tenders/", "text/html,application/xhtml+xml,*/*;q=0.8", False),
        ("/tenders/", JSON, True),
        ("/tenders/", f"{JSON};q=0.5,{PAGE}", False),
        ("/api/projects/", PAGE, True),
        ("/tenders.jsonl", "*/*", True),
        ("/items.json", PAGE, True),
    ],
)
def test_a_program_is_known_by_what_it_asks_for(path: str, accept: str, is_program: bool) -> None:
    assert faults.is_for_program(asked(path, accept)) is is_program


@pytest.mark.parametrize(
    ("path", "guess"),
    [
        ("/tenders/JX360702-2026-0001X/", "JX360702-2026-0001X"),
        ("/items/%E7%8E%AF%E8%AF%84", "环评"),
        ("/", ""),
        ("/a/", ""),
        (f"/{'a' * 40}/", "a" * 40),
        (f"/{'a' * 41}/", ""),
    ],
)
def test_a_missing_page_is_searched_for_by_the_last_part_of_its_address(
    path: str, guess: str
) -> None:
    assert faults.guess_of(path) == guess


@pytest.mark.django_db
def test_a_missing_page_searches_for_what_its_address_names(client: Client) -> None:
    response = client.get("/tenders/%22%3E%3Cscript%3E/")

    page = response.content.decode()
    assert response.status_code == 404
    assert 'value="&quot;&gt;&lt;script&gt;"' in page
    assert page.count('type="search"') == 1


@pytest.mark.django_db
def test_programs_are_told_in_a_word(client: Client) -> None:
    response = client.get("/no-such-page/", headers={"accept": JSON})

    assert response.status_code == 404
    assert response.json() == {"error": "not_found"}
    given = [
        faults.bad_request(asked("/api/"), Exception()),
        faults.forbidden(asked("/api/"), Exception()),
        faults.failed(asked("/api/")),
    ]
    assert [(one.status_code, json.loads(one.content)) for one in given] == [  # type: ignore[attr-defined]
        (400, {"error": "bad_request"}),
        (403, {"error": "forbidden"}),
        (500, {"error": "server_error"}),
    ]


def test_who_asks_too_often_is_told_without_a_query_when_to_come_again() -> None:
    page = faults.too_many_requests(asked("/search/", PAGE))
    told = faults.too_many_requests(asked("/api/projects/"))

    assert (page.status_code, page["Retry-After"]) == (429, "120")
    assert "访问过于频繁，这一次没有处理" in page.content.decode()  # type: ignore[attr-defined]
    assert json.loads(told.content) == {"error": "too_many_requests", "retry_after": 120}  # type: ignore[attr-defined]
    assert (told.status_code, told["Retry-After"]) == (429, "120")


def test_a_failure_tells_people_without_a_query() -> None:
    response = faults.failed(asked("/tenders/"))

    assert response.status_code == 500
    assert "平台没有完成这次操作" in response.content.decode()  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_while_it_is_closed_everything_is_503_without_a_query_but_who_asks_whether_we_live(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    announce(Maintenance(SOON, "升级<b>"))

    with django_assert_num_queries(0):
        page = client.get("/tenders/?q=a")
        form = client.post("/workbench/switch/")
        told = client.get("/tenders/", headers={"accept": JSON})

    assert [page.status_code, form.status_code, told.status_code] == [503, 503, 503]
    assert page["Retry-After"] == "Tue, 24 Nov 2026 06:00:00 GMT"
    assert page["Cache-Control"] == "no-store"
    assert "default-src 'self'" in page["Content-Security-Policy"]
    html = page.content.decode()
    assert "升级&lt;b&gt;" in html
    assert "2026年11月24日 14:00" in html
    assert 'href="/tenders/?q=a"' in html
    assert told.json() == {"error": "maintenance", "until": SOON.isoformat(), "reason": "升级<b>"}
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_a_maintenance_of_unknown_length_says_so(client: Client) -> None:
    announce(Maintenance())

    response = client.get("/")

    assert (response.status_code, response["Retry-After"]) == (503, "120")
    assert "恢复时间还没有确定。" in response.content.decode()
