"""The inbox as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.calendar import day_of
from marketplace.models import Message
from marketplace.web.components import Order


@dataclass(frozen=True)
class Day:
    """The messages of one day in China."""

    day: date
    messages: Sequence[Message]

    @property
    def count(self) -> int:
        return len(self.messages)


def message_orders() -> list[Order]:
    """Return how the inbox can be sorted."""
    return [
        Order("newest", _("最新的在前"), ("-created_at", "-pk")),
        Order("oldest", _("最早的在前"), ("created_at", "pk")),
    ]


def by_day(messages: Iterable[Message]) -> list[Day]:
    """Group messages, already sorted by time, into days."""
    days = groupby(messages, key=lambda message: day_of(message.created_at))
    return [Day(day, list(rows)) for day, rows in days]
