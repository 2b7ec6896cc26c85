"""What a kept question finds: the newest first, and nothing of nobody's own."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from search.backends import database_index
from search.finders import Question
from tests.clock import NOON
from tests.factories.bidding import DEADLINE, TenderFactory, load_reference
from tests.search.test_views_search import document

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_search_yields_every_page_down_to_a_moment() -> None:
    database_index().put([document(n, sort_at=NOON - n * HOUR) for n in range(45)], 1)
    question = Question("search", QueryDict("q=通知"))

    all_of_them = question.newest(NOON, 100)
    recent = question.newest(NOON, 100, since=NOON - 30 * HOUR)
    few = question.newest(NOON, 3)

    assert [one.key for one in all_of_them] == [str(n) for n in range(45)]
    assert len(recent) == 31
    assert [one.key for one in few] == ["0", "1", "2"]
    assert Question("search", QueryDict("q=")).newest(NOON, 100) == []


def test_an_order_has_the_end_of_its_sign_up_and_mine_of_nobody_finds_nothing() -> None:
    load_reference()
    order = TenderFactory(active=True)

    [found] = Question("tenders", QueryDict("")).newest(NOON, 10)
    mine = Question("tenders", QueryDict("mine=1")).newest(NOON, 10)

    assert (found.key, found.ends_at, found.url) == (
        order.code,
        DEADLINE,
        f"/tenders/{order.code}/",
    )
    assert mine == []


def test_all_of_what_is_written_of_one_kind_is_found_without_words() -> None:
    rules = [document(n, kind="rule", sort_at=NOON - n * HOUR) for n in range(3)]
    database_index().put([*rules, document(9, kind="notice"), document(8, kind="tender")], 1)

    found = Question("search", QueryDict("in=rule")).newest(NOON, 2)
    recent = Question("search", QueryDict("in=rule")).newest(NOON, 50, since=NOON - HOUR)

    assert [one.key for one in found] == ["0", "1"]
    assert {one.change for one in found} == {"since:2026-11-24"}
    assert [one.key for one in recent] == ["0", "1"]
    assert [one.key for one in Question("search", QueryDict("in=notice")).newest(NOON, 9)] == ["9"]
    assert Question("search", QueryDict("in=tender")).newest(NOON, 9) == []


@pytest.mark.parametrize(
    ("scope", "asked", "address"),
    [
        ("search", "in=rule", "/rules/"),
        ("search", "in=notice", "/notices/"),
        ("search", "q=环评&in=rule", "/search/?in=rule&q=%E7%8E%AF%E8%AF%84"),
        ("items", "", "/items/"),
    ],
)
def test_a_question_leads_to_the_page_that_answers_it(scope: str, asked: str, address: str) -> None:
    assert Question(scope, QueryDict(asked)).page_url == address


def test_a_question_says_what_it_asks() -> None:
    asked = QueryDict("q=环评&fund=fiscal")

    assert Question("tenders", asked).words(NOON) == ["环评", "财政资金"]
    assert Question("search", QueryDict("q=环评&in=agency")).words(NOON) == ["环评", "机构"]
