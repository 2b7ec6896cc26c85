"""The clock's entry points of credit: statements that lapse, what ends, and the lists of others."""

from __future__ import annotations

import structlog
from celery import shared_task

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
from credit.actions.lists import import_list
from credit.list_sources import list_source
from credit.models import ListKind
from credit.pages.workbench import RESTRICTION_ENDS, STATEMENT_ENDS
from marketplace.exchange import ExchangeAway
from marketplace.kernel import clock
from marketplace.kernel.due import DueWork
from marketplace.kernel.verdicts import Refused
from marketplace.reference import BadReferenceData

log = structlog.get_logger(__name__)


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


@shared_task
def take_over_lists() -> None:
    """
    Take over what the lists of others say now; a file that was taken over before changes nothing.

    A file that is wrong, or whose basis is none, is left and told; the others are taken over.
    """
    try:
        delivered = list_source().delivered()
    except ExchangeAway:
        log.exception("credit_lists_away")
        return
    for one in delivered:
        try:
            outcome = import_list(
                content=one.content,
                kind=ListKind(one.kind),
                basis=one.basis,
                file=one.file,
                at=clock.now(),
                is_whole=one.is_whole,
            )
        except (BadReferenceData, Refused, ValueError) as wrong:
            log.error("credit_list_refused", file=one.file, kind=one.kind, why=str(wrong))  # noqa: TRY400 - the file is at fault, not a line of ours
        else:
            log.info("credit_list_taken_over", file=one.file, **vars(outcome))
