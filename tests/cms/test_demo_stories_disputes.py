"""A dispute goes as far as the script says; two officers lead it; reports are answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bidding.models import Dispute, Report, Suspension
from cms.demo.script import Dispute as Plan
from cms.demo.script import Report as ReportPlan
from cms.demo.stories.disputes import dispute_takes_its_course, report_is_answered
from cms.demo.world import World
from tests.cms.stage import act, appoint, stage
from tests.factories.bidding import AwardFactory, BidFactory, TenderFactory, bidder
from tests.factories.marketplace import AuthorityFactory, Role, UserFactory, division

pytestmark = pytest.mark.django_db
PLACE = "360702"
PLAN = Plan(
    matter="selection",
    order="order",
    facts="名次对不上。",
    request="请重新核算。",
    filed=1,
    accepted=1,
    answered=2,
    answer="已经核对。",
)
OF_OFFICE = Plan(
    matter="operator",
    respondent="office",
    filer="loser",
    occurred=-1,
    facts="没有按期审核。",
    request="请督促。",
    filed=0,
    accepted=1,
    answered=2,
    answer="已经补审。",
    decided=3,
    upheld=True,
    reasons="投诉成立。",
    closed=4,
    closing="已经整改。",
)


@pytest.fixture
def world() -> World:
    tender = TenderFactory(complete=True)
    award = AwardFactory(tender=tender)
    loser = bidder(tender.item)
    BidFactory(tender=tender, agency=loser)
    office, above = (AuthorityFactory(division=division(place)) for place in (PLACE, "360000"))
    world = stage(
        buyer=tender.buyer, loser=loser, winner=award.bid.agency, office=office, above=above
    )
    world.tenders["order"] = tender
    world.users["second"] = UserFactory()
    world.officers[Role.REGULATOR, "360000"].append("second")
    appoint(world, Role.OPERATOR, PLACE, 3)
    for role, place, unit in ((Role.OPERATOR, PLACE, office), (Role.REGULATOR, "360000", above)):
        for login in world.officers[role, place]:
            world.users[login].memberships.create(organization=unit, role=role)
    return world


def test_an_objection_is_answered_and_complained_of(world: World) -> None:
    act(dispute_takes_its_course(world, replace(PLAN, complained=2)))

    objection, complaint = Dispute.objects.order_by("pk")
    assert (objection.status, complaint.status) == ("closed", "filed")
    assert objection.filer == world.parties["loser"]
    assert Suspension.objects.get().until is None


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"withdrawn": 1, "accepted": None}, "withdrawn"),
        ({"refused": 1, "accepted": None, "reasons": "没有依据。"}, "refused"),
        ({"answered": None}, "answering"),
        ({"settled": 2}, "closed"),
    ],
)
def test_it_stops_where_the_script_says(world: World, change, status: str) -> None:
    act(dispute_takes_its_course(world, replace(PLAN, **change)))

    assert Dispute.objects.get().status == status


def test_an_operator_is_complained_of_and_the_office_above_decides(world: World) -> None:
    act(dispute_takes_its_course(world, OF_OFFICE))

    dispute = Dispute.objects.get()
    assert (dispute.status, dispute.is_upheld, dispute.closing_note) == (
        "closed",
        True,
        "已经整改。",
    )
    assert dispute.authority == world.parties["above"]
    assert dispute.checked_by != dispute.decided_by


def test_a_report_is_answered_or_set_aside(world: World) -> None:
    plan = ReportPlan(topic="agency", place=PLACE, text="有人拉客。", filed=0)
    act(report_is_answered(world, plan))
    act(report_is_answered(world, replace(plan, answered=1, answer="不受理。", set_aside=True)))

    assert [row.status for row in Report.objects.order_by("pk")] == ["filed", "set_aside"]
