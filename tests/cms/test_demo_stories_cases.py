"""A case goes as far as the script says, and two officers of one authority lead it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cms.demo.script import Case as Plan
from cms.demo.stories.cases import case_takes_its_course
from cms.demo.world import World
from credit.models import Case, Restriction
from tests.cms.stage import act, appoint, stage
from tests.factories.credit import active_agency
from tests.factories.marketplace import AuthorityFactory, Role, division

pytestmark = pytest.mark.django_db
PLACE = "360702"
PLAN = Plan(
    agency="zhice",
    authority="zhanggong",
    kind="collusion",
    severity="serious",
    months=12,
    measure="freeze",
    facts="两家机构的报价文件由同一台设备制作。",
    basis="《测试条例》",
    opened=-20,
    reasons="事实清楚。",
)


@pytest.fixture
def world() -> World:
    world = stage(zhice=active_agency(), zhanggong=AuthorityFactory(division=division(PLACE)))
    appoint(world, Role.REGULATOR, PLACE, 3)
    return world


def officer(world: World, number: int) -> object:
    return world.users[world.officers[Role.REGULATOR, PLACE][number]]


def test_a_case_is_opened_on_its_day_and_waits_when_the_script_ends_there(world: World) -> None:
    [opened] = act(case_takes_its_course(world, PLAN))

    case = Case.objects.get()
    assert (case.status, case.notified_at) == (Case.Status.NOTIFIED, opened)
    assert opened.date() == world.days.day(-20)
    assert (case.organization, case.authority) == (world.parties["zhice"], case.authority)
    assert (case.opened_by, case.legal_basis) == (officer(world, 0), "《测试条例》")


def test_a_second_officer_decides_after_the_agency_was_heard(world: World) -> None:
    plan = replace(PLAN, stated=-18, statement="情况属实。", decided=-10)

    moments = act(case_takes_its_course(world, plan))

    case = Case.objects.get()
    assert [moment.date() for moment in moments] == [world.days.day(day) for day in (-20, -18, -10)]
    assert (case.statement, case.decision_reasons) == ("情况属实。", "事实清楚。")
    assert case.decided_by == officer(world, 1)
    assert Restriction.objects.get().effective_from == moments[-1]


def test_a_case_can_be_dismissed(world: World) -> None:
    act(case_takes_its_course(world, replace(PLAN, stated=-18, statement="没有。", dismissed=-9)))

    case = Case.objects.get()
    assert (case.status, case.decision_reasons) == (Case.Status.DISMISSED, "事实清楚。")
    assert not Restriction.objects.exists()


def test_an_agency_is_heard_asks_for_a_review_and_repairs(world: World) -> None:
    plan = replace(
        PLAN,
        severity="general",
        kind="not_served_as_contracted",
        months=6,
        opened=-100,
        stated=-98,
        statement="请求听取意见。",
        decided=-95,
        appealed=-90,
        grounds="处理过重。",
        reviewed=-85,
        review="维持原决定。",
        repaired=-25,
        correction="已补派人员。",
        restored=-20,
        repair="已经纠正。",
    )

    moments = act(case_takes_its_course(world, plan))

    case = Case.objects.get()
    assert [world.days.number_from(moment) for moment in moments[-4:]] == [-90, -85, -25, -20]
    assert (case.review.status, case.review.decided_by) == ("upheld", officer(world, 2))
    assert (case.repairs.get().status, case.repairs.get().decided_by) == (
        "granted",
        officer(world, 2),
    )
    assert Restriction.objects.get().lifted_at == moments[-1]


def test_a_serious_case_is_heard_in_a_hearing_before_it_is_decided(world: World) -> None:
    plan = replace(
        PLAN, stated=-18, statement="请求听证。", heard=-10, minutes="双方核对无误。", decided=-8
    )

    act(case_takes_its_course(world, plan))

    case = Case.objects.get()
    assert (case.status, case.hearing.minutes) == (Case.Status.DECIDED, "双方核对无误。")
    assert case.hearing.led_by == officer(world, 2)
