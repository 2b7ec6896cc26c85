"""What an agency has done enters its record: an order of the platform by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from marketplace.kernel.audit import record
from marketplace.models import Organization, PastPerformance, User


@transaction.atomic
def enter_order(
    *, agency: Organization, tender_code: str, by: User, at: datetime, **facts: Any
) -> PastPerformance:
    """
    Enter an order that its owner has accepted: nobody has to prove what the platform has seen.

    `facts` are the other fields of `PastPerformance`.
    """
    performance = PastPerformance(
        agency_id=agency.pk, tender_code=tender_code, entered_at=at, **facts
    )
    performance.confirm(at=at, by=None)
    performance.save()
    record(by=by, verb="performance.entered", target=performance, at=at, organization=agency)
    return performance
