"""The deadlines of a dispute move with the holidays that are published later."""

from datetime import date, datetime

import pytest

from bidding.models.deadlines import DisputeDeadline as D
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.due import settle_deadlines
from marketplace.kernel.models import CalendarDay
from marketplace.models import Message
from tests.bidding.disputing import FILED, world
from tests.deadlines import kind_of
from tests.factories.deadlines import move_deadline

pytestmark = pytest.mark.django_db


def test_a_provisional_deadline_is_settled_and_both_sides_are_told() -> None:
    dispute = world().accepted()
    end = datetime(2027, 1, 1, tzinfo=CHINA)
    move_deadline(
        dispute, D.ANSWER, starts_at=datetime(2026, 12, 21, 10, tzinfo=CHINA), ends_at=end
    )
    dispute.deadlines.filter(kind=D.ANSWER).update(is_provisional=True)
    for day in (date(2027, 1, 1), date(2027, 10, 1)):
        CalendarDay.objects.create(day=day, is_workday=False, name="节日", source="test")
    Message.objects.all().delete()

    settle_deadlines(FILED)

    dispute.refresh_from_db()
    assert dispute.answer_due_at == datetime(2027, 1, 6, tzinfo=CHINA)
    assert {one.kind for one in Message.objects.all()} == {"bidding/dispute_deadline_settled"}
    assert {one.url for one in Message.objects.all()} == {
        f"/disputes/{dispute.slug}/",
        f"/operator/disputes/{dispute.slug}/",
    }
    assert kind_of(D.ANSWER).reference(dispute) == dispute.number
