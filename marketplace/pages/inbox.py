"""The inbox as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from marketplace.kernel.calendar import day_of
from marketplace.models import Message


def by_day(messages: Iterable[Message]) -> list[tuple[date, list[Message]]]:
    """Group messages, already sorted by time, into days in China."""
    return [
        (day, list(rows))
        for day, rows in groupby(messages, key=lambda message: day_of(message.created_at))
    ]
