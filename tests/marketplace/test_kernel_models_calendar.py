"""The published days as one value."""

from datetime import date

import pytest

from marketplace.kernel.models import CalendarDay

pytestmark = pytest.mark.django_db


def test_without_a_published_day_no_day_is_sure() -> None:
    calendar = CalendarDay.objects.work_calendar()

    assert calendar.published_until == date(1, 12, 31)
    assert (calendar.holidays, calendar.makeup_workdays) == (frozenset(), frozenset())


def test_free_and_worked_days_are_told_apart_up_to_the_end_of_the_last_year() -> None:
    free, worked = date(2026, 10, 1), date(2025, 9, 28)
    for day, is_workday in ((free, False), (worked, True)):
        CalendarDay.objects.create(day=day, is_workday=is_workday, name="国庆节", source="test")

    calendar = CalendarDay.objects.work_calendar()

    assert (calendar.holidays, calendar.makeup_workdays) == ({free}, {worked})
    assert calendar.published_until == date(2026, 12, 31)
