"""What the database holds of plans and checks."""

import pytest
from django.db import IntegrityError, transaction

from bidding.models import Inspection, InspectionDraw, InspectionPlan, InspectionSeat
from marketplace.kernel.models.append_only import AppendOnlyError
from tests.clock import NOON
from tests.factories.inspections import InspectionFactory, PlanFactory
from tests.factories.marketplace import Role, UserFactory, party

pytestmark = pytest.mark.django_db


def broken(row: Inspection | InspectionPlan, **values: object) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**values)
    return str(caught.value)


def test_a_check_with_a_result_says_all_of_it() -> None:
    check = InspectionFactory(done=True)

    name = "inspection_done_says_what_it_found"
    assert name in broken(check, text="")
    assert name in broken(check, checked_on=None)
    assert "inspection_found_names_the_conduct" in broken(check, kind="bribery")
    assert "inspection_found_names_the_conduct" in broken(check, outcome="found")
    assert str(check) == f"{check.agency} {check.plan.number}"


def test_a_plan_has_its_days_in_order_and_its_draw_a_time() -> None:
    plan = PlanFactory()

    days = {"starts_on": plan.ends_on, "ends_on": plan.starts_on}
    assert "inspection_plan_ends_after_its_start" in broken(plan, **days)
    assert "inspection_plan_drawn_has_time" in broken(plan, status="drawn")
    assert str(plan) == f"工程咨询机构随机检查（{plan.number}）"


def test_a_draw_is_kept_as_it_was() -> None:
    plan = PlanFactory(drawn=True)
    draw = InspectionDraw.objects.create(plan=plan, evidence={}, sha256="a" * 64, drawn_at=NOON)

    with pytest.raises(AppendOnlyError):
        draw.save()
    assert str(draw) == "a" * 64


def test_who_is_called_has_not_stepped_aside_and_nobody_sits_twice() -> None:
    user = UserFactory()
    check = InspectionFactory(inspectors=[user])
    seats = InspectionSeat.objects.filter(inspection=check)

    with pytest.raises(IntegrityError), transaction.atomic():
        seats.update(stepped_aside_at=NOON, reasons="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        InspectionSeat.objects.create(inspection=check, place=2, user=user)
    assert str(seats.get()) == f"1 {user}"


def test_an_inspector_finds_the_own_checks() -> None:
    first, second, third = (UserFactory() for _count in range(3))
    check = InspectionFactory(inspectors=[first, second, third])
    party(check.plan.authority, Role.REGULATOR, user=first)

    office = check.plan.authority
    assert [*Inspection.objects.of_inspector(first, office)] == [check]
    assert [*Inspection.objects.of_inspector(third, office)] == []
    assert [*Inspection.objects.of_inspector(first, check.agency)] == []
    assert (check.has_found_something, check.get_kind_display()) == (False, "")
