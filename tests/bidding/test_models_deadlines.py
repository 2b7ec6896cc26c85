"""The kinds of deadline in an order's life."""

from django.apps import apps

from bidding import schedule
from bidding.models.deadlines import (
    DisputeDeadline,
    InspectionDeadline,
    OrderDeadline,
    PanelDeadline,
)
from marketplace.kernel.models import DeadlineSubject


def test_every_deadline_has_its_step():
    kinds = [*OrderDeadline]
    place = kinds.index(OrderDeadline.REGISTRATION) + 1
    kinds[place:place] = PanelDeadline

    assert [work.kind.name for work in schedule.due_work()] == [
        *kinds,
        *DisputeDeadline,
        *InspectionDeadline,
    ]


def test_the_name_of_a_kind_begins_with_what_the_deadline_is_of() -> None:
    for kind in [*OrderDeadline, *DisputeDeadline]:
        model = apps.get_model("bidding", kind.partition(".")[0])
        assert issubclass(model, DeadlineSubject)
    assert len({str(kind.label) for kind in OrderDeadline}) == len(OrderDeadline)
