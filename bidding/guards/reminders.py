"""Is a reminder still to be given."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models import Deadline
from marketplace.kernel.verdicts import guard


@guard(_("没有到期的提醒"))
def reminder_is_due(deadline: Deadline | None, at: datetime) -> bool:
    if deadline is None or not deadline.is_running or deadline.remind_at is None:
        return False
    return at >= deadline.remind_at


@guard(_("没有到期的提醒"))
def lateness_is_to_be_told(deadline: Deadline | None, at: datetime) -> bool:
    """Ask whether a deadline has ended and nobody was told yet."""
    if deadline is None or not deadline.is_running or deadline.acts_at is None:
        return False
    return at >= deadline.ends_at
