"""The story's calendar: working days counted from the one on which it ends. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
OPENS = time(9)
OFFICE_MINUTES = 8 * 60
ONE_DAY = timedelta(days=1)
BEFORE_THE_OPENING = timedelta(seconds=30)


@dataclass(frozen=True)
class Days:
    """
    The working days around `today`; day 0 is today, or the next working day when today is free.

    The story ends half a minute after day -1: what closed on that day waits for its opening.
    """

    worked: Sequence[date]
    today: date

    def day(self, number: int) -> date:
        """Return working day `number`; a negative number lies in the past."""
        return self.worked[bisect_left(self.worked, self.today) + number]

    def at(self, number: int, part: float) -> datetime:
        """Return a moment of working day `number`: 0 is nine in the morning, 1 five o'clock."""
        begin = datetime.combine(self.day(number), OPENS, tzinfo=CHINA)
        return begin + timedelta(seconds=round(part * OFFICE_MINUTES * 60))

    def number_from(self, moment: datetime) -> int:
        """Return the number of the first working day that is not over before `moment`'s day."""
        day = moment.astimezone(CHINA).date()
        return bisect_left(self.worked, day) - bisect_left(self.worked, self.today)

    @property
    def end(self) -> datetime:
        """The moment at which the story ends."""
        last = datetime.combine(self.day(-1) + ONE_DAY, time.min, tzinfo=CHINA)
        return last + BEFORE_THE_OPENING
