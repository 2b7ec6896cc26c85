"""What is searched for, as a manager reads it: most asked, and what finds nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.calendar import day_of
from marketplace.parties import Party
from marketplace.web.workbench import NavItem
from search.models import TermCount
from search.permissions import can_keep_words

DAYS = 30
SHOWN = 30
LEAST = 2
"""Of what was asked less often nothing is shown: it may say who asked."""
PERCENT = 100


@dataclass(frozen=True)
class TermRow:
    """One term of the last days."""

    text: str
    asked: int
    empty: int
    opened: int

    @property
    def opened_percent(self) -> int:
        """How many of 100 questions led to a page."""
        return min(self.opened * PERCENT // self.asked, PERCENT)


@dataclass(frozen=True)
class Terms:
    """The terms asked most, those that find nothing, and the sums; of `DAYS` days."""

    most: Sequence[TermRow]
    failed: Sequence[TermRow]
    asked: int
    empty: int


def terms_of(at: datetime, mended: Collection[str] = ()) -> Terms:
    """
    Return what was searched for until `at`; one statement.

    A term of `mended` failed before it was said to mean another word: nothing is left to do.
    """
    first = day_of(at) - timedelta(days=DAYS - 1)
    found = [TermRow(**row) for row in TermCount.objects.summed_since(first)]
    rows = sorted(found, key=lambda row: (-row.asked, row.text))
    shown = [row for row in rows if row.asked >= LEAST]
    open_ones = (row for row in shown if row.empty and row.text not in mended)
    failed = sorted(open_ones, key=lambda row: -row.empty)
    return Terms(
        shown[:SHOWN],
        failed[:SHOWN],
        sum(row.asked for row in rows),
        sum(row.empty for row in rows),
    )


def nav(party: Party, _at: datetime, /) -> list[NavItem]:
    """Return where one finds what one wants to be told of, and a manager what is searched for."""
    own = [NavItem(reverse("search:saved_list"), _("我的订阅"), "i-bell", 91)]
    if can_keep_words(party):
        own.append(NavItem(reverse("search:terms"), _("查找统计"), "i-search", 41))
    return own
