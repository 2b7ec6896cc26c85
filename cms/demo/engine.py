"""Play stories against a virtual clock; between their moments the real schedule runs."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from heapq import heappop, heappush
from typing import Any

from marketplace.schedule import run_due

Story = Iterator[datetime]
Scene = Generator[datetime, None, Any]
"""A part of a story that hands something on to the next part."""


class StoryGoesBack(ValueError):
    """A story asked for a moment before the one it was at."""


class Engine:
    """
    The virtual clock.

    A story is a generator: it yields the moment it waits for, and acts when it is continued, at
    exactly that moment. At its first moment of each day, and at the end, all that is due by then is
    worked off by the real schedule; deadlines end with a day, so nothing runs out in between. A
    story that waits for the end, or longer, is left where it stands.
    """

    def __init__(self, *, begin: datetime, end: datetime, show: Callable[[float], None]) -> None:
        self.begin, self.end, self.show = begin, end, show
        self.now = begin
        self._waiting: list[tuple[datetime, int, Story]] = []
        self._count = 0

    def enter(self, story: Story) -> None:
        """Let a story begin; it may wait first."""
        self._go_on(story)

    def play(self) -> None:
        """Go on until nobody waits for a moment before the end, then work off what is due there."""
        while self._waiting and self._waiting[0][0] < self.end:
            moment, _number, story = heappop(self._waiting)
            self._move_to(moment)
            self._go_on(story)
        self._move_to(self.end)

    def _go_on(self, story: Story) -> None:
        moment = next(story, None)
        if moment is None:
            return
        if moment < self.now:
            raise StoryGoesBack(f"{story}: {moment} < {self.now}")
        self._count += 1
        heappush(self._waiting, (moment, self._count, story))

    def _move_to(self, moment: datetime) -> None:
        if moment.date() > self.now.date() or moment == self.end:
            run_due(moment)
            self.show((moment - self.begin) / (self.end - self.begin))
        self.now = moment
