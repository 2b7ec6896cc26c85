"""The inbox as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.calendar import day_of
from marketplace.models import Message
from marketplace.models.messages import MessageQuerySet
from marketplace.web.components import Order

COLUMNS = ("slug", "subject", "created_at", "read_at")


@dataclass(frozen=True)
class MessageRow:
    """A message without its text, as the inbox lists it."""

    slug: str
    subject: str
    created_at: datetime
    read_at: datetime | None

    @property
    def is_unread(self) -> bool:
        """Tell whether nobody has opened it yet."""
        return self.read_at is None


@dataclass(frozen=True)
class Day:
    """The messages of one day in China."""

    day: date
    messages: Sequence[MessageRow]

    @property
    def count(self) -> int:
        return len(self.messages)


def message_orders() -> list[Order]:
    """Return how the inbox can be sorted."""
    return [
        Order("newest", _("最新的在前"), ("-created_at", "-pk")),
        Order("oldest", _("最早的在前"), ("created_at", "pk")),
    ]


def message_rows(messages: MessageQuerySet) -> QuerySet[Message, Any]:
    """Return what `by_day` makes its rows of."""
    told: QuerySet[Message, Any] = messages.values_list(*COLUMNS)
    return told


def by_day(told: Iterable[Any]) -> list[Day]:
    """Group what `message_rows` has found, already sorted by time, into days."""
    messages = (MessageRow(*row) for row in told)
    days = groupby(messages, key=lambda message: day_of(message.created_at))
    return [Day(day, list(rows)) for day, rows in days]
