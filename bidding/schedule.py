"""The clock's entry points: what becomes due in an order's life, each as of its own deadline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from traceback import extract_tb
from typing import Any

import structlog
from django.db.models import Min, QuerySet

from bidding.actions.awards import issue_award, record_unsigned
from bidding.actions.contracts import record_late
from bidding.actions.ratings import archive_contract, close_rating
from bidding.actions.reminders import (
    remind_of_acceptance,
    remind_of_registration,
    remind_of_service,
    remind_of_signature,
)
from bidding.actions.tenders import close_tender, evaluate_tender
from bidding.models import Award, Contract, Tender
from bidding.models.deadlines import Deadline
from bidding.selection.evidence import EvidenceDoesNotHold
from marketplace.kernel.due import DueWork
from marketplace.kernel.verdicts import Refused

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Step:
    """
    One kind of deadline: the rows that wait for it, and what is done with a row as of its `due_at`.

    It is done from `acts_at` on; see `bidding.models.deadlines.due`.

    Each row is handled in its own transaction, which locks and asks again. So two schedulers at
    once are harmless, and one row that cannot be handled does not hold up the others.
    """

    deadline: Deadline
    waiting: Callable[[], QuerySet[Any]]
    act: Callable[[Any, datetime], object]
    is_reminder: bool = False
    is_sealed: bool = False
    """Whether it handles sealed offers, of which not even a failure may tell a value."""

    def run(self, at: datetime) -> int:
        """Do what was due by `at`, the earliest first; return how many rows it changed."""
        due = self.waiting().filter(acts_at__lte=at).order_by("due_at", "pk")
        return sum(self._handle(row) for row in list(due))

    def upcoming(self, after: datetime) -> datetime | None:
        """Return when it acts next after `after`, or None; a reminder is no deadline."""
        if self.is_reminder:
            return None
        later = self.waiting().filter(acts_at__gt=after)
        first: datetime | None = later.aggregate(first=Min("acts_at"))["first"]
        return first

    def _handle(self, row: Any) -> bool:
        try:
            self.act(row, row.due_at)
        except Refused:
            return False
        except Exception as error:  # noqa: BLE001 - one row does not hold up the others
            self._tell(error, row)
            return False
        return True

    def _tell(self, error: Exception, row: Any) -> None:
        """Log a failure; a message may quote the row, as a database's does."""
        told = {"deadline": self.deadline.value, "row": row.pk}
        if not self.is_sealed:
            log.error("due_row_failed", exc_info=error, **told)
            return
        places = extract_tb(error.__traceback__)
        trace = [f"{place.filename}:{place.lineno} {place.name}" for place in places]
        reason = str(error) if isinstance(error, EvidenceDoesNotHold) else ""
        kind = type(error).__name__
        log.error("due_row_failed", error=kind, reason=reason, trace=trace, **told)


# A reminder stands before the deadline it speaks of, so that a late run gives it too.
STEPS = (
    Step(
        Deadline.CLOSE,
        Tender.objects.to_close,
        lambda row, at: close_tender(tender=row, at=at),
        is_sealed=True,
    ),
    Step(
        Deadline.OPEN,
        Tender.objects.to_open,
        lambda row, at: evaluate_tender(tender=row, at=at),
        is_sealed=True,
    ),
    Step(
        Deadline.REMIND_REGISTRATION,
        Tender.objects.to_remind,
        lambda row, at: remind_of_registration(tender=row, at=at),
        is_reminder=True,
    ),
    Step(
        Deadline.ISSUE,
        Award.objects.to_issue,
        lambda row, at: issue_award(award=row, at=at),
    ),
    Step(
        Deadline.REMIND_SIGNATURE,
        Award.objects.to_remind,
        lambda row, at: remind_of_signature(award=row, at=at),
        is_reminder=True,
    ),
    Step(
        Deadline.SIGN,
        Award.objects.to_sign,
        lambda row, at: record_unsigned(award=row, at=at),
    ),
    Step(
        Deadline.REMIND_SERVICE,
        Contract.objects.to_remind,
        lambda row, at: remind_of_service(contract=row, at=at),
        is_reminder=True,
    ),
    Step(
        Deadline.DELIVER,
        Contract.objects.to_deliver,
        lambda row, at: record_late(contract=row, at=at),
    ),
    Step(
        Deadline.ACCEPT,
        Contract.objects.to_accept,
        lambda row, at: remind_of_acceptance(contract=row, at=at),
    ),
    Step(
        Deadline.RATE,
        Contract.objects.to_rate,
        lambda row, at: close_rating(contract=row, at=at),
    ),
    Step(
        Deadline.ARCHIVE,
        Contract.objects.to_archive,
        lambda row, at: archive_contract(contract=row, at=at),
    ),
)


def due_work() -> list[DueWork]:
    """Return bidding's deadlines, in the order of an order's life."""
    return [
        DueWork(step.deadline.value, step.deadline.label, step.run, step.upcoming) for step in STEPS
    ]
