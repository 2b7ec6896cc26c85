from datetime import date, timedelta

from marketplace.models import Message
from marketplace.pages.inbox import Day, by_day
from tests.clock import NOON


def test_messages_are_grouped_by_the_day_that_it_is_in_china() -> None:
    before_midnight = Message(created_at=NOON.replace(hour=23, minute=59))
    at_midnight = Message(created_at=NOON.replace(hour=0) + timedelta(days=1))
    today, tomorrow = NOON.date(), NOON.date() + timedelta(days=1)

    assert by_day([at_midnight, before_midnight]) == [
        Day(tomorrow, [at_midnight]),
        Day(today, [before_midnight]),
    ]
    assert by_day([]) == []


def test_a_day_with_several_messages_stands_once() -> None:
    rows = [Message(created_at=NOON), Message(created_at=NOON - timedelta(hours=1))]

    assert [day.count for day in by_day(rows)] == [2]
    assert by_day(rows) == [Day(date(NOON.year, NOON.month, NOON.day), rows)]
