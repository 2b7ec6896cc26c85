"""What is searched for is shown from two questions on; the way there is a manager's."""

from datetime import timedelta

import pytest

from marketplace.kernel.calendar import day_of
from search.models import TermCount
from search.pages.terms import DAYS, nav, terms_of
from tests.clock import NOON
from tests.factories.marketplace import PROVINCE, AuthorityFactory, division, party

pytestmark = pytest.mark.django_db


def count(text: str, asked: int, empty: int, opened: int, days_ago: int = 0) -> None:
    TermCount.objects.create(
        day=day_of(NOON) - timedelta(days=days_ago),
        text=text,
        asked_count=asked,
        empty_count=empty,
        opened_count=opened,
    )


def test_days_are_summed_and_what_was_asked_once_is_shown_to_nobody() -> None:
    count("环评", 3, 0, 3)
    count("环评", 1, 0, 0, days_ago=DAYS - 1)
    count("环评", 50, 0, 0, days_ago=DAYS)
    count("飞碟", 2, 2, 0)
    count("某某", 1, 1, 0)

    terms = terms_of(NOON)

    assert [(row.text, row.asked, row.opened_percent) for row in terms.most] == [
        ("环评", 4, 75),
        ("飞碟", 2, 0),
    ]
    assert [row.text for row in terms.failed] == ["飞碟"]
    assert (terms.asked, terms.empty) == (7, 3)


def test_everybody_finds_the_own_questions_and_a_manager_what_is_searched_for() -> None:
    province = AuthorityFactory(division=division(PROVINCE))

    labels = [
        [str(one.label) for one in nav(party(province, role), NOON)]
        for role in ("manager", "operator")
    ]

    assert labels == [["我的订阅", "查找统计"], ["我的订阅"]]
