"""May a provisional deadline be computed again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.verdicts import Verdict, guard


@guard(_("这个期限不是暂定的"))
def deadline_is_provisional(is_provisional: bool) -> bool:  # noqa: FBT001 - the row's own word
    return is_provisional


@guard(_("这个期限已经届满或者不再计算，不能改"))
def deadline_still_runs(end: datetime | None, at: datetime) -> bool:
    return end is not None and at < end


def may_settle_deadline(
    is_provisional: bool,  # noqa: FBT001 - the row's own word
    end: datetime | None,
    at: datetime,
) -> tuple[Verdict, ...]:
    """Ask whether the deadline that runs until `end` may be computed again."""
    return deadline_is_provisional(is_provisional), deadline_still_runs(end, at)
