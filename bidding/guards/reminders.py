"""Is a reminder still to be given."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding.models import Award, Contract, Tender
from marketplace.kernel.verdicts import guard

WAITING: dict[type, set[str]] = {
    Tender: {Tender.Status.EVALUATED},
    Award: {Award.Status.ACTIVE},
    Contract: {Contract.Status.ACTIVE, Contract.Status.DELIVERED, Contract.Status.ACCEPTED},
}


@guard(_("没有到期的提醒"))
def reminder_is_due(row: Tender | Award | Contract, at: datetime) -> bool:
    waits = row.status in WAITING[type(row)]
    return waits and row.remind_at is not None and at >= row.remind_at
