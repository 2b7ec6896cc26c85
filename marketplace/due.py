"""Work that becomes due: what each app contributes to the schedule, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

Label = str | Promise


@dataclass(frozen=True)
class DueWork:
    """
    One kind of deadline.

    `run(at)` does everything that was due by `at` and returns how many rows it changed;
    `upcoming(after)` returns the first deadline later than `after`, or None.
    """

    name: str
    label: Label
    run: Callable[[datetime], int]
    upcoming: Callable[[datetime], datetime | None]


DueWorks = Iterable[DueWork]
