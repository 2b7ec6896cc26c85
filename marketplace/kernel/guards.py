"""May a provisional deadline be computed again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.deadlines import Deadline
from marketplace.kernel.verdicts import Verdict, guard


@guard(_("这个期限不是暂定的"))
def deadline_is_provisional(deadline: Deadline | None) -> bool:
    return deadline is not None and deadline.is_provisional


@guard(_("这个期限已经届满或者不再计算，不能改"))
def deadline_still_runs(deadline: Deadline | None, at: datetime) -> bool:
    return deadline is not None and deadline.is_running and at < deadline.ends_at


def may_settle_deadline(deadline: Deadline | None, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether `deadline` may be computed again at `at`."""
    return deadline_is_provisional(deadline), deadline_still_runs(deadline, at)
