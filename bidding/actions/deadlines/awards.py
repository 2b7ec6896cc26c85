"""The deadlines of a result: its publicity, and the signature of the contract."""

from __future__ import annotations

from datetime import datetime

from bidding import periods
from bidding.actions.deadlines.common import (
    grace,
    matter,
    no_grace,
    reference,
    remind,
    rules_of,
    tell_sides_of,
)
from bidding.actions.locking import lock_award
from bidding.models import Award
from bidding.models.deadlines import OrderDeadline
from marketplace.kernel.calendar import WorkCalendar
from marketplace.kernel.deadlines import Ending, Kind


def _publicity(award: Award, start: datetime, calendar: WorkCalendar) -> Ending:
    return periods.result_publicity_end(start, rules_of(award), calendar)


def _signature(award: Award, start: datetime, calendar: WorkCalendar) -> Ending:
    return periods.sign_due(start, rules_of(award), calendar)


PUBLICITY = Kind[Award](
    name=OrderDeadline.PUBLICITY.value,
    label=OrderDeadline.PUBLICITY.label,
    lock=lock_award,
    end=_publicity,
    reference=reference,
    tell=tell_sides_of,
    grace=no_grace,
    matter=matter,
)
SIGNATURE = Kind[Award](
    name=OrderDeadline.SIGNATURE.value,
    label=OrderDeadline.SIGNATURE.label,
    lock=lock_award,
    end=_signature,
    reference=reference,
    tell=tell_sides_of,
    grace=grace,
    remind=remind,
    matter=matter,
)
