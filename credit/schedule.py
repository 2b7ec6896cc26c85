"""The clock's entry points of credit: statements that lapse, restrictions that end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db.models import Min

from credit.actions import close_statement, end_restriction
from credit.models import Case, Restriction
from credit.pages.workbench import RESTRICTION_ENDS, STATEMENT_ENDS
from credit.standing import statement_grace
from marketplace.kernel.due import DueWork
from marketplace.kernel.verdicts import Refused

log = structlog.get_logger(__name__)


def due_work() -> list[DueWork]:
    """Return the deadlines of cases and restrictions."""
    return [
        DueWork("close_statements", STATEMENT_ENDS, close_statements, next_statement_end),
        DueWork("end_restrictions", RESTRICTION_ENDS, end_restrictions, next_restriction_end),
    ]


def close_statements(at: datetime) -> int:
    """Close the statement phase of every case whose time has run out by `at`, after the grace."""
    due = list(Case.objects.statement_over(at).order_by("statement_due_at", "pk"))
    return sum(_is_done(close_statement, case=case, at=at) for case in due)


def next_statement_end(after: datetime) -> datetime | None:
    """Return when, later than `after`, the next statement phase is closed."""
    waiting = Case.objects.filter(status=Case.Status.NOTIFIED)
    if not waiting.exists():
        return None
    grace = statement_grace(after)
    to_come = waiting.filter(statement_due_at__gt=after - grace)
    first = _first(to_come.aggregate(first=Min("statement_due_at")))
    return None if first is None else first + grace


def end_restrictions(at: datetime) -> int:
    """Mark every restriction that has run out by `at`."""
    due = list(Restriction.objects.due_to_end(at).order_by("effective_to", "pk"))
    return sum(_is_done(end_restriction, restriction=restriction, at=at) for restriction in due)


def next_restriction_end(after: datetime) -> datetime | None:
    """Return when the next restriction runs out."""
    running = Restriction.objects.not_over(after).filter(ended_at__isnull=True)
    return _first(running.aggregate(first=Min("effective_to")))


def _is_done(act: Callable[..., object], **row: object) -> bool:
    """
    Do one act in its own transaction; a row that cannot be handled does not hold up the others.

    False also when another scheduler or an officer was there first.
    """
    try:
        act(**row)
    except Refused:
        return False
    except Exception:
        log.exception("due_row_failed", act=act.__name__)
        return False
    return True


def _first(found: dict[str, datetime | None]) -> datetime | None:
    return found["first"]
