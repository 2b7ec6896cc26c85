"""The end of 2026, and the year 2027 whose holidays are published late."""

from datetime import date, datetime

from marketplace.kernel.calendar import CHINA
from marketplace.kernel.models import CalendarDay
from marketplace.models import Message

YEAR_END = datetime(2026, 12, 30, 10, tzinfo=CHINA)
LOADED = datetime(2026, 12, 30, 18, tzinfo=CHINA)
NEW_YEAR = date(2027, 1, 1)
KIND = "bidding/deadline_settled"


def day(month: int, number: int) -> datetime:
    return datetime(2027, month, number, tzinfo=CHINA)


def publish_2027(*holidays: date, makeup: date | None = None) -> None:
    """Publish the year 2027 with these holidays, a make-up day if given, and one at its end."""
    days = dict.fromkeys([*holidays, date(2027, 10, 1)], False)
    if makeup:
        days[makeup] = True
    for one, is_workday in days.items():
        CalendarDay.objects.create(day=one, is_workday=is_workday, name="节日", source="test")


def told() -> list[str]:
    """Return who was told of a new deadline."""
    rows = Message.objects.filter(kind=KIND).order_by("organization__name")
    return list(rows.values_list("organization__name", flat=True))
