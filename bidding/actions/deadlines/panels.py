"""The deadlines of an expert's seat: the answer to the invitation, and the sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bidding import links, periods
from bidding.actions.deadlines.common import grace, matter, reference, rules_of
from bidding.models import PanelSeat, Tender
from bidding.models.deadlines import PanelDeadline
from marketplace.actions.messages import notify_person
from marketplace.kernel.calendar import WorkCalendar
from marketplace.kernel.deadlines import Ending, Kind, Settled
from marketplace.kernel.declarations import Rules


def lock_seat(seat: PanelSeat) -> PanelSeat:
    """Lock the order of a seat and then the seat, and return it freshly read."""
    Tender.objects.lock(seat.tender_id)
    return PanelSeat.objects.lock(seat.pk)


def _tell(seat: PanelSeat, found: Settled, at: datetime) -> None:
    notify_person(
        user=seat.expert.user,
        organization=seat.expert.office,
        kind="bidding/panel_deadline_settled",
        at=at,
        url=links.to_seat(seat),
        tender=seat.tender,
        label=PanelDeadline(found.deadline).label,
        settled=found,
    )


def _kind(
    name: PanelDeadline, counted: Callable[[datetime, Rules, WorkCalendar], Ending]
) -> Kind[PanelSeat]:
    return Kind(
        name=name.value,
        label=name.label,
        lock=lock_seat,
        end=lambda seat, start, calendar: counted(start, rules_of(seat), calendar),
        reference=reference,
        tell=_tell,
        grace=grace,
        matter=matter,
    )


ANSWER = _kind(PanelDeadline.ANSWER, periods.panel_answer_due)
SHEET = _kind(PanelDeadline.SHEET, periods.panel_sheet_due)
