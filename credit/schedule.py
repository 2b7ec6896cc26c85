"""The clock's entry points of credit: statements that lapse, what ends, and the lists of others."""

from __future__ import annotations

from datetime import datetime

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
from credit.actions.lists import import_list, mend_fault, note_fault
from credit.list_sources import NAMES, DeliveredList, list_source
from credit.models import ListKind
from credit.pages.workbench import RESTRICTION_ENDS, STATEMENT_ENDS
from marketplace.exchange import ExchangeAway
from marketplace.forms.reference import sentence_of
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

    A file that is wrong, or whose basis is none, is left and shown to officers until it is taken
    over; the others are taken over.
    """
    now = clock.now()
    try:
        delivered = list_source().delivered()
    except ExchangeAway:
        log.exception("credit_lists_away")
        note_fault(kind="", file="", why="", at=now)
        return
    mend_fault(kind="", at=now)
    for one in delivered:
        try:
            _take_over(one, now)
        except BadReferenceData as wrong:
            _leave(one, sentence_of(wrong), now)
        except Refused as refused:
            _leave(one, " ".join(verdict.explained for verdict in refused.verdicts), now)


def _take_over(one: DeliveredList, at: datetime) -> None:
    if one.kind not in ListKind:
        raise BadReferenceData(NAMES, 0, one.kind, "unknown")
    outcome = import_list(
        content=one.content,
        kind=ListKind(one.kind),
        basis=one.basis,
        file=one.file,
        at=at,
        is_whole=one.is_whole,
    )
    log.info("credit_list_taken_over", file=one.file, **vars(outcome))


def _leave(one: DeliveredList, why: str, at: datetime) -> None:
    log.error("credit_list_refused", file=one.file, kind=one.kind, why=why)
    note_fault(kind=one.kind, file=one.file, why=why, at=at)
