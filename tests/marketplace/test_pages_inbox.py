from datetime import date, datetime, timedelta

from marketplace.pages.inbox import Day, MessageRow, by_day
from tests.clock import NOON


def told(created_at: datetime) -> tuple[str, str, datetime, None]:
    """Return what is read of a message that nobody has opened."""
    return ("slug", "审核通过", created_at, None)


def test_messages_are_grouped_by_the_day_that_it_is_in_china() -> None:
    before_midnight = told(NOON.replace(hour=23, minute=59))
    at_midnight = told(NOON.replace(hour=0) + timedelta(days=1))
    today, tomorrow = NOON.date(), NOON.date() + timedelta(days=1)

    assert by_day([at_midnight, before_midnight]) == [
        Day(tomorrow, [MessageRow(*at_midnight)]),
        Day(today, [MessageRow(*before_midnight)]),
    ]
    assert by_day([]) == []


def test_a_day_with_several_messages_stands_once() -> None:
    rows = [told(NOON), told(NOON - timedelta(hours=1))]

    assert [day.count for day in by_day(rows)] == [2]
    assert by_day(rows) == [
        Day(date(NOON.year, NOON.month, NOON.day), [MessageRow(*row) for row in rows])
    ]


def test_a_message_is_unread_until_it_is_opened() -> None:
    assert MessageRow(*told(NOON)).is_unread
    assert not MessageRow("slug", "审核通过", NOON, NOON).is_unread
