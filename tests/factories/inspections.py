"""Smallest valid plans of inspections and checks; traits name the later states."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory

from bidding.models import Inspection, InspectionPlan, InspectionSeat
from marketplace.models import User
from tests.clock import NOON
from tests.factories.bidding import bidder, rulebook
from tests.factories.deadlines import SubjectFactory
from tests.factories.marketplace import AuthorityFactory, UserFactory, division

SOON = NOON + timedelta(days=3)
LINES = ["登记的信息与实际情况一致", "资质持续符合承接条件"]


class PlanFactory(SubjectFactory):
    """A plan that was published and not drawn; `drawn` makes it one whose checks are to come."""

    class Meta:
        model = InspectionPlan

    class Params:
        drawn = factory.Trait(status=InspectionPlan.Status.DRAWN, drawn_at=NOON)

    number = factory.Sequence(lambda n: f"JX360702-2026-J{n + 1:05d}")
    title = "工程咨询机构随机检查"
    authority: Any = factory.LazyFunction(lambda: AuthorityFactory(division=division()))
    division: Any = factory.LazyAttribute(lambda it: it.authority.division)
    starts_on = NOON.date()
    ends_on = NOON.date() + timedelta(days=20)
    checklist = factory.LazyFunction(lambda: [*LINES])
    rulebook: Any = factory.LazyFunction(rulebook)
    sealed_seed = b"sealed"
    seed_key = "key"
    commitment = "c" * 64
    published_at = NOON - timedelta(days=1)
    published_by: Any = factory.SubFactory(UserFactory)
    draw_at = SOON


class InspectionFactory(SubjectFactory):
    """A check that is to be made; `inspectors` are its line, of whom the first two are called."""

    class Meta:
        model = Inspection
        skip_postgeneration_save = True

    class Params:
        done = factory.Trait(
            status=Inspection.Status.DONE,
            answers=[True, True],
            outcome=Inspection.Outcome.CLEAR,
            text="查看了证照和两份合同。",
            checked_on=NOON.date(),
            reported_at=NOON,
            reported_by=factory.SubFactory(UserFactory),
        )

    plan: Any = factory.SubFactory(PlanFactory, drawn=True)
    agency: Any = factory.LazyFunction(bidder)
    grade = "A"
    due_at = SOON

    @factory.post_generation
    def inspectors(self: Any, _create: bool, people: list[User] | None, **_kwargs: Any) -> None:
        """Put people in line."""
        for place, user in enumerate(people or [], start=1):
            InspectionSeat.objects.create(
                inspection=self, place=place, user=user, is_called=place <= 2
            )
