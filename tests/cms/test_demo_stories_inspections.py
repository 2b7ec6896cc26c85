"""A plan goes as far as the script says: published, drawn, reported check by check."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bidding.actions.inspections import draw_plan
from bidding.models import Inspection, InspectionPlan
from cms.demo.script import Inspection as Plan
from cms.demo.stories.inspections import plan_is_carried_out
from cms.demo.world import World
from credit.models import Case
from tests.cms.stage import act, appoint, stage
from tests.factories.credit import active_agency
from tests.factories.marketplace import AuthorityFactory, Role, division, party

pytestmark = pytest.mark.django_db
PLACE = "360702"
PLAN = Plan(authority="zhanggong", title="随机检查", published=-20, starts=-15, ends=-5)
WORDS = {"clear": "逐项符合。", "found": "联系电话已经停用。"}


@pytest.fixture
def world(settings: Any) -> World:
    settings.DEMO = True
    cast = {"zhanggong": AuthorityFactory(division=division(PLACE))}
    world = stage(zhice=active_agency(division=division(PLACE)), **cast)
    appoint(world, Role.REGULATOR, PLACE, 3)
    for login in world.officers[Role.REGULATOR, PLACE]:
        party(cast["zhanggong"], Role.REGULATOR, user=world.users[login])
    return world


def test_a_plan_is_published_on_its_day_and_waits_where_the_script_ends(world: World) -> None:
    [published] = act(plan_is_carried_out(world, PLAN))

    plan = InspectionPlan.objects.get()
    assert (plan.status, plan.published_at) == ("published", published)
    assert plan.starts_on == world.days.day(-15)
    assert len(plan.checklist) == 5


def test_its_checks_are_reported_by_who_was_drawn(world: World) -> None:
    story = plan_is_carried_out(world, replace(PLAN, reported=-14, outcomes=["found"], words=WORDS))
    next(story)
    next(story)
    plan = InspectionPlan.objects.get()
    draw_plan(plan=plan, at=plan.draw_at or plan.published_at)
    act(story)

    check = Inspection.objects.get()
    assert (check.outcome, check.text) == ("found", WORDS["found"])
    assert check.answers == [False, True, True, True, True]
    assert check.reported_by == check.seats.get(place=1).user
    assert Case.objects.get() == check.case
