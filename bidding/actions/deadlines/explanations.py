"""The deadlines of the explanation of a low quote: until it is given, until it is judged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bidding import links, periods
from bidding.actions.deadlines.common import (
    MOVED,
    grace,
    matter,
    reference,
    rules_of,
    words_of,
)
from bidding.actions.telling import Notice, tell_all
from bidding.models import Explanation, Tender
from bidding.models.deadlines import OrderDeadline
from marketplace.kernel.calendar import WorkCalendar
from marketplace.kernel.deadlines import Ending, Kind, Settled
from marketplace.kernel.declarations import Rules

Counted = Callable[[datetime, Rules, WorkCalendar], Ending]


def lock_explanation(explanation: Explanation) -> Explanation:
    """Lock order and explanation, in this order, and return it freshly read."""
    tender = Tender.objects.lock(explanation.tender_id)
    found = Explanation.objects.lock(explanation.pk)
    found.tender = tender
    return found


def _counting(counted: Counted) -> Callable[[Explanation, datetime, WorkCalendar], Ending]:
    def end(explanation: Explanation, start: datetime, calendar: WorkCalendar) -> Ending:
        return counted(start, rules_of(explanation), calendar)

    return end


def _tell(explanation: Explanation, found: Settled, at: datetime) -> None:
    """Tell who explains and who judges."""
    tender = explanation.tender
    sides = (
        (explanation.bid.agency, links.to_bid(tender)),
        (tender.buyer, links.to_explanation(explanation)),
    )
    tell_all(
        [
            Notice(organization=side, tender=tender, kind=MOVED, url=url, context=words_of(found))
            for side, url in sides
        ],
        at,
    )


def _kind(name: OrderDeadline, counted: Counted) -> Kind[Explanation]:
    return Kind(
        name=name.value,
        label=name.label,
        lock=lock_explanation,
        end=_counting(counted),
        reference=lambda explanation: reference(explanation.tender),
        tell=_tell,
        grace=grace,
        matter=matter,
    )


EXPLANATION = _kind(OrderDeadline.EXPLANATION, periods.cost_explain_due)
JUDGEMENT = _kind(OrderDeadline.JUDGEMENT, periods.cost_judge_due)
