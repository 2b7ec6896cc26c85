"""Tell the operators that a seal is not what was published; nobody else can mend it."""

from __future__ import annotations

import structlog

from bidding.models import Tender
from marketplace.kernel.verdicts import Verdict

log = structlog.get_logger(__name__)


def note_altered_seal(tender: Tender, verdict: Verdict) -> None:
    """Log what a guard says of the seal of an order, when it does not hold."""
    if not verdict.holds:
        log.error("seal_altered", tender=tender.code)
