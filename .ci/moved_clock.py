"""
Say how far ahead the clock of today's run goes: `moved_clock.py` prints the seconds and the words.

Each day has another kind of moment, so that what fails on such a day fails before it comes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
ONE_DAY = timedelta(days=1)
SATURDAY = 5


def end_of_february(now: datetime) -> datetime:
    """Return the same hour on the last day of the February that ends next."""
    for year in (now.year, now.year + 1):
        last = now.replace(year=year, month=3, day=1) - ONE_DAY
        if last > now:
            return last
    raise AssertionError


MOVES: tuple[tuple[str, Callable[[datetime], datetime]], ...] = (
    ("a day ahead", lambda now: now + ONE_DAY),
    ("a month ahead", lambda now: now + 30 * ONE_DAY),
    ("a year ahead", lambda now: now + 365 * ONE_DAY),
    ("a Saturday", lambda now: now + (1 + (SATURDAY - 1 - now.weekday()) % 7) * ONE_DAY),
    ("two minutes to midnight", lambda now: datetime.combine(now + ONE_DAY, time(23, 58), CHINA)),
    ("the end of February", end_of_february),
)


def moved(now: datetime) -> tuple[datetime, str]:
    """Return the moment at which the clock starts when it is `now` in China, and what it is."""
    words, move = MOVES[now.toordinal() % len(MOVES)]
    return move(now), words


def main() -> None:
    now = datetime.now(CHINA)  # noqa: TID251 - the day of the run is what this is about
    start, words = moved(now)
    print(f"{(start - now).total_seconds():.0f} {start:%Y-%m-%d %H:%M}, {words}")


if __name__ == "__main__":
    main()
