"""The draw comes after the notice; a result is due on the plan's last day."""

from datetime import date, timedelta

import pytest

from bidding.models import Inspection
from bidding.models.deadlines import InspectionDeadline
from marketplace.kernel.calendar import end_of_day
from marketplace.models import Message
from tests.bidding.inspecting import STARTS, county
from tests.clock import NOON
from tests.deadlines import settle_one
from tests.factories.deadlines import move_deadline

pytestmark = pytest.mark.django_db


def test_the_draw_is_counted_from_the_publication_and_told_when_it_moves() -> None:
    it = county()
    plan = it.publish()
    assert plan.draw_at is not None
    before = plan.draw_at
    assert before == end_of_day(date(2026, 11, 27))

    move_deadline(
        plan, InspectionDeadline.DRAW, is_provisional=True, ends_at=NOON + timedelta(days=1)
    )
    settled = settle_one(InspectionDeadline.DRAW, plan, NOON)

    assert settled is not None
    assert settled.after == before
    told = Message.objects.filter(kind="bidding/inspection_deadline_settled")
    assert {one.organization for one in told} == {it.office}


def test_a_result_is_due_at_the_end_of_the_last_day() -> None:
    check, _line = county().check()

    assert check.due_at == end_of_day(check.plan.ends_on)
    assert check.plan.starts_on == STARTS
    assert Inspection.objects.open().count() == 1
