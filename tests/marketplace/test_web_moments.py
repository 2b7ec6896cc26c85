"""Moments as people read them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from marketplace.web import moments

CHINA = ZoneInfo("Asia/Shanghai")


def test_a_plain_date_has_no_hour() -> None:
    assert moments.cn_datetime(date(2026, 1, 2)) == "2026年1月2日"
    assert moments.cn_date(None) == ""


def test_a_deadline_at_midnight_reads_as_the_end_of_the_day_before() -> None:
    midnight = datetime(2026, 12, 1, tzinfo=CHINA)

    assert moments.cn_deadline(midnight) == "2026年11月30日 24:00"
    assert moments.cn_deadline_short(midnight) == "11月30日 24:00"
    assert moments.cn_short(midnight) == "12月1日 00:00"
