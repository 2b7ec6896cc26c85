"""The clock's entry points of credit: statements that lapse, restrictions that end."""

from __future__ import annotations

from credit.actions import close_statement, end_restriction
from credit.actions.deadlines import (
    APPEAL,
    CHECK,
    DECISION,
    HEARING,
    JUDGMENT,
    REPAIR,
    REVIEW,
    STATEMENT,
    TERM,
)
from credit.pages.workbench import RESTRICTION_ENDS, STATEMENT_ENDS
from marketplace.kernel.due import DueWork


def due_work() -> list[DueWork]:
    """Return what is done about the deadlines of cases and restrictions."""
    return [
        DueWork(
            kind=STATEMENT,
            label=STATEMENT_ENDS,
            act=lambda case, _end, now: close_statement(case=case, at=now),
        ),
        *(
            DueWork(kind=kind)
            for kind in (CHECK, HEARING, DECISION, APPEAL, REVIEW, REPAIR, JUDGMENT)
        ),
        DueWork(
            kind=TERM,
            label=RESTRICTION_ENDS,
            act=lambda restriction, end, _now: end_restriction(restriction=restriction, at=end),
        ),
    ]
