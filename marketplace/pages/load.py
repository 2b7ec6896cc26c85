"""How much there is to do, in the words that head a workbench."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from marketplace.kernel.calendar import day_of
from marketplace.web.workbench import SHOWN, Todo

INSTANT = timedelta(microseconds=1)  # a deadline at midnight belongs to the day that it ends


@dataclass(frozen=True)
class Load:
    """
    How many things are to be done, how many of them are late, and how many due until tonight.

    With `is_more` these are the ones that are listed, and there are others.
    """

    total: int
    late: int
    due_today: int
    is_more: bool = False

    @property
    def words(self) -> str:
        """Say what is most pressing."""
        counts = {"count": self.total, "late": self.late, "due_today": self.due_today}
        if not self.total:
            return _("现在没有待办")
        if self.is_more:
            return _("待办 %(count)s 项以上，先列的 %(count)s 项中 %(late)s 项已逾期") % counts
        if self.late:
            return _("待办 %(count)s 项，%(late)s 项已逾期") % counts
        if self.due_today:
            return _("待办 %(count)s 项，今天 %(due_today)s 项到期") % counts
        return _("待办 %(count)s 项，今天没有到期的") % counts


def load_of(todos: Sequence[Todo], at: datetime) -> Load:
    """Return how much `todos` are at `at`; what is late is due today as well."""
    due = [todo.due_at for todo in todos[:SHOWN] if todo.due_at is not None]
    today = day_of(at)
    return Load(
        len(todos[:SHOWN]),
        late=sum(one <= at for one in due),
        due_today=sum(day_of(one - INSTANT) <= today for one in due),
        is_more=len(todos) > SHOWN,
    )
