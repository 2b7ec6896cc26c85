"""What the pages of plans and checks say of each."""

from datetime import timedelta

import pytest

from bidding.models import Inspection, InspectionPlan, InspectionSeat
from bidding.pages import inspections as pages
from tests.clock import NOON
from tests.factories.inspections import InspectionFactory, PlanFactory
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def test_a_list_counts_what_was_found() -> None:
    plan = PlanFactory(drawn=True)
    InspectionFactory(plan=plan)
    InspectionFactory(plan=plan, done=True)
    InspectionFactory(plan=plan, done=True, outcome="corrected", answers=[True, False])

    [line] = pages.plan_lines(list(pages.counted(InspectionPlan.objects.all())))

    assert (line.count, line.done, line.found) == (3, 2, 1)


def test_the_steps_say_what_comes_next() -> None:
    waiting, drawn = PlanFactory(), PlanFactory(drawn=True)

    assert [step.state for step in pages.plan_steps(waiting)] == ["past", "now", "future"]
    assert [step.state for step in pages.plan_steps(drawn)] == ["past", "past", "past"]
    InspectionFactory(plan=drawn)
    assert [step.state for step in pages.plan_steps(drawn)] == ["past", "past", "now"]
    assert pages.drawing_of(waiting) is None


def test_a_dossier_has_what_was_found_and_an_agency_page_all_results() -> None:
    clear = InspectionFactory(done=True)
    found = InspectionFactory(
        agency=clear.agency,
        done=True,
        outcome="corrected",
        answers=[True, False],
        reported_at=NOON + timedelta(days=1),
    )
    InspectionFactory(agency=clear.agency)

    addresses = [f"/inspections/checks/{one.slug}/" for one in (found, clear)]
    assert [line.url for line in pages.results_of(clear.agency)] == addresses
    assert [line.url for line in pages.checks_that_found(clear.agency)] == addresses[:1]


def test_who_was_called_instead_is_said_to_be() -> None:
    first, second, third = (UserFactory(name=name) for name in ("甲", "乙", "丙"))
    check = InspectionFactory(inspectors=[first, second, third])
    assert pages.inspectors_of(check) == ["甲", "乙"]
    seats = InspectionSeat.objects.filter(inspection=check)
    seats.filter(user=second).update(is_called=False, stepped_aside_at=NOON, reasons="x")
    seats.filter(user=third).update(is_called=True)

    assert pages.inspectors_of(check) == ["甲", "丙，递补"]
    assert [seat.user for seat in pages.steps_aside(check)] == [second]
    assert pages.acts_on(check, None, NOON) is None
    assert Inspection.objects.open().count() == 1
