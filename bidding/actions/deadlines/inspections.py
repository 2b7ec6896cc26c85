"""The deadlines of a plan of inspections: the draw, and the result of each check."""

from __future__ import annotations

from datetime import datetime, timedelta

from bidding import links, periods
from bidding.models import Inspection, InspectionPlan
from bidding.models.deadlines import InspectionDeadline
from bidding.rulebook import bound_rules
from marketplace.actions.messages import notify
from marketplace.kernel.calendar import WorkCalendar, end_of_day
from marketplace.kernel.deadlines import Ending, Kind, Settled
from marketplace.kernel.suspension import Moved, Unit


def _draw_at(plan: InspectionPlan, start: datetime, calendar: WorkCalendar) -> Ending:
    return periods.inspection_draw_at(start, bound_rules(plan.rulebook), calendar)


def _tell(plan: InspectionPlan, found: Settled, at: datetime) -> None:
    notify(
        organization=plan.authority,
        kind="bidding/inspection_deadline_settled",
        at=at,
        url=links.to_inspection_plan(plan),
        plan=plan,
        settled=found,
    )


DRAW = Kind[InspectionPlan](
    name=InspectionDeadline.DRAW.value,
    label=InspectionDeadline.DRAW.label,
    lock=lambda plan: InspectionPlan.objects.lock(plan.pk),
    end=_draw_at,
    reference=lambda plan: plan.number,
    tell=_tell,
    grace=lambda _plan: timedelta(0),
    organization=lambda plan: plan.authority,
)
# The plan names the last day on which a check is made; its result is public by the end of it.
RESULT = Kind[Inspection](
    name=InspectionDeadline.RESULT.value,
    label=InspectionDeadline.RESULT.label,
    lock=lambda check: Inspection.objects.lock(check.pk),
    end=lambda check, _start, _calendar: Moved(end_of_day(check.plan.ends_on)),
    reference=str,
    unit=Unit.FOLLOWS,
    organization=lambda check: check.plan.authority,
)
