"""Moments and what is left until them, as a page draws them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from marketplace.templatetags import ui_moments
from tests.markup import words

CHINA = ZoneInfo("Asia/Shanghai")


def test_a_moment_is_written_as_the_style_says_with_itself_beside() -> None:
    midnight = datetime(2026, 12, 1, tzinfo=CHINA)

    assert words('{% moment at "deadline-short" %}', at=midnight) == "11月30日 24:00"
    assert words('{% moment at "weekday" %}', at=midnight) == "2026年12月1日 星期二 00:00"


def test_a_deadline_of_another_year_wears_it_in_a_tight_place_too() -> None:
    now, tag = datetime(2026, 11, 30, tzinfo=CHINA), '{% countdown at now style="short" %}'

    assert "12月31日 24:00" in words(tag, at=datetime(2027, 1, 1, tzinfo=CHINA), now=now)
    assert "2026年" not in words(tag, at=datetime(2027, 1, 1, tzinfo=CHINA), now=now)
    assert "2027年1月1日 24:00" in words(tag, at=datetime(2027, 1, 2, tzinfo=CHINA), now=now)


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (2 * 86400 + 3 * 3600 + 59, "还剩 2 天 3 小时"),
        (86400, "还剩 1 天 0 小时"),
        (86399, "还剩 23 小时 59 分"),
        (3600, "还剩 1 小时 0 分"),
        (3599, "还剩 59 分 59 秒"),
        (5, "还剩 0 分 05 秒"),
    ],
)
def test_time_left_names_the_two_units_that_matter(seconds: int, written: str) -> None:
    assert ui_moments.time_left(seconds) == written
