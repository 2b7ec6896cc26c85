"""Which words are asked so often that to suggest them to others tells of nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from marketplace.kernel import known
from marketplace.kernel.calendar import day_of
from search.models import TermCount

DAYS = 30
LEAST, LEAST_DAYS = 20, 3
"""One person may ask for the same words again and again, but hardly so often on so many days."""
MOST = 200


def popular(at: datetime) -> Sequence[str]:
    """Return the words asked most in the last days, the most asked first; one statement."""
    first = day_of(at) - timedelta(days=DAYS - 1)
    return known.once("popular words", first, read=lambda: _popular_since(first))


def _popular_since(first: date) -> Sequence[str]:
    rows = TermCount.objects.popular_since(first, LEAST, LEAST_DAYS)
    return [row["text"] for row in rows[:MOST]]
