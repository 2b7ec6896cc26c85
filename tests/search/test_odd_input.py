"""Whatever is typed or put into an address, a page that helps answers."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import Settings

from search.backends import database_index
from search.backends.elastic import ElasticsearchIndex
from search.query import MAX_LENGTH
from tests.factories.bidding import load_reference
from tests.search.asking import settle
from tests.search.test_views_search import document, words

pytestmark = pytest.mark.django_db

NUL, LONE_SURROGATE, NO_UTF_8 = "%00", "%ED%A0%BD", "%FF%FE"
WORD = quote("测绘")
MIXED = (
    f"{WORD}{NUL}{LONE_SURROGATE}{NO_UTF_8}",
    quote("\u202e\u0645\u0633\u062d \u05e9\u05dc\u05d5\u05dd\u202c 测绘👷"),
    quote("测" * 10_000),
    quote("测绘 " * 60),
    quote('"测绘" AND NEAR(图, 2) OR (title:* -{x} ^2 ~ \\ %_\'; DROP TABLE x; --|&!<->:*'),
)
ALONE = (NUL, LONE_SURROGATE, quote("'\"*()^:-"))
SEARCHES = (
    *(f"/search/?q={one}" for one in (*MIXED, *ALONE)),
    *(f"/search/suggest/?q={one}" for one in (*MIXED, *ALONE)),
    f"/search/?q={WORD}&in={NUL}&region={NUL}&sort={LONE_SURROGATE}&page={NO_UTF_8}",
    f"/search/?q={WORD}&amount=-1&amount=1e9&date=99999999&unknown=1&method=nothing&class=%00",
    f"/search/?q={WORD}&grade={quote('A级*')}&date=2026-13&sort=oldest",
    f"/search/?q={WORD}&page=-1",
    f"/search/?q={WORD}&page=99999999999999999999",
    f"/search/?q={WORD}&page=499",
    f"/search/?q={WORD}&page=%D9%A3&sort=x",
)
ADDRESSES = (
    *(one for one in SEARCHES if not one.endswith("page=499")),
    *(
        f"/{path}/?q={one}"
        for path in ("tenders", "agencies", "awards", "items")
        for one in (MIXED[0], MIXED[2], MIXED[4])
    ),
    *(f"/{path}/?q={WORD}&page=%D9%A3&sort=x" for path in ("tenders", "agencies")),
)


def test_whatever_is_asked_a_page_answers(client: Client) -> None:
    load_reference()
    database_index().put([document(1, title="测绘 图")], 1)

    answered = {address: client.get(address).status_code for address in ADDRESSES}

    assert {address for address, status in answered.items() if status != 200} == set()


def test_what_was_pasted_with_odd_characters_is_found_and_a_limit_is_stated(client: Client) -> None:
    database_index().put([document(1, title="测绘 图")], 1)

    pasted = client.get(f"/search/?q={WORD}{NUL}{quote('图👷')}")
    long = client.get(f"/search/?q={quote('测绘 ' * 60)}")
    deep = client.get(f"/search/?q={WORD}&page=499")

    assert "共找到 1 项" in words(pasted.content.decode())
    assert f"只按前 {MAX_LENGTH} 个字查找" in words(long.content.decode())
    assert "共找到 1 项" in words(long.content.decode())
    assert deep.status_code == 404
    assert 'role="search"' in deep.content.decode()


@pytest.mark.elasticsearch
def test_elasticsearch_answers_whatever_is_asked_and_as_the_database_does(
    elastic: ElasticsearchIndex, client: Client, settings: Settings
) -> None:
    for index in (elastic, database_index()):
        index.rebuild([document(1, title="测绘 图")], 1)
    settle(elastic)

    by_elasticsearch = {address: given(client, address) for address in SEARCHES}
    settings.SEARCH_URL = ""
    by_database = {address: given(client, address) for address in SEARCHES}

    assert by_elasticsearch == by_database
    assert {told.is_degraded for told in by_elasticsearch.values()} == {False}
    assert {told.total for told in by_elasticsearch.values()} == {0, 1}


@dataclass(frozen=True)
class Given:
    """What an address was answered with."""

    status: int
    total: int
    is_degraded: bool
    page: str


def given(client: Client, address: str) -> Given:
    response = client.get(address)
    answer = response.context and response.context.get("answer")
    page = words(response.content.decode())
    return Given(
        response.status_code,
        answer.total if answer else 0,
        is_degraded=bool(answer and answer.is_degraded),
        page=page,
    )
