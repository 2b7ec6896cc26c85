"""What others ask is suggested only where it tells of nobody."""

from datetime import timedelta

import pytest

from marketplace.kernel.calendar import day_of
from search.models import TermCount
from search.popular import DAYS, LEAST, LEAST_DAYS, popular
from tests.clock import NOON

pytestmark = pytest.mark.django_db


def count(text: str, asked: int, *, empty: int = 0, opened: int = 1, days_ago: int = 0) -> None:
    day = day_of(NOON) - timedelta(days=days_ago)
    counts = {"asked_count": asked, "empty_count": empty, "opened_count": opened}
    TermCount.objects.create(day=day, text=text, **counts)


def test_what_is_asked_often_on_several_days_and_found_is_popular_and_nothing_else() -> None:
    for days_ago in range(LEAST_DAYS):
        count("环评", LEAST, days_ago=days_ago)
        count("测绘", LEAST - 2 * (LEAST_DAYS - 1) if not days_ago else 2, days_ago=days_ago)
        count("飞碟", LEAST, empty=LEAST, days_ago=days_ago)
        count("没有点开", LEAST, opened=0, days_ago=days_ago)
        count("以前", LEAST, days_ago=DAYS + days_ago)
        count("很少", (LEAST - 1) // LEAST_DAYS, days_ago=days_ago)
    for days_ago in range(LEAST_DAYS - 1):
        count("某人", 10 * LEAST, days_ago=days_ago)

    assert popular(NOON) == ["环评", "测绘"]
