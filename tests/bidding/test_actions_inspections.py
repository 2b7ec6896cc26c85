"""A plan promises its draw, nobody is named by hand, and a check that finds something is a case."""

import pytest

from bidding.actions.inspections import draw_plan, report_check, step_aside
from bidding.models import Inspection, InspectionDraw, InspectionPlan, InspectionSeat
from bidding.selection.inspections import failed, how_many
from credit.models import Case, Recusal
from docs import verify_inspection
from marketplace.kernel.models import AuditEntry
from marketplace.models import Membership, Message, Organization, User
from tests.bidding.inspecting import LINES, STARTS, World, county
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.deadlines import run
from tests.factories.credit import CaseFactory, EntryFactory, active_agency
from tests.factories.marketplace import (
    PROVINCE,
    Role,
    ServiceClassFactory,
    UserFactory,
    division,
    party,
)
from tests.uploads import upload

pytestmark = pytest.mark.django_db
WHY = "发现没有在合同约定的期限内交付。"


@pytest.fixture
def it() -> World:
    return county()


def test_a_plan_is_drawn_when_its_notice_is_over_and_anybody_can_repeat_it(it: World) -> None:
    plan = it.publish()

    assert (plan.number, plan.status) == ("JX360702-2026-J00001", "published")
    assert plan.draw_at is not None
    assert run("inspection.draw", plan.draw_at.replace(year=2025)) == 0
    assert not InspectionDraw.objects.exists()
    assert run("inspection.draw", plan.draw_at) == 1

    draw = InspectionDraw.objects.get()
    plan.refresh_from_db()
    assert (plan.status, plan.drawn_at) == ("drawn", plan.draw_at)
    assert [one["uscc"] for one in draw.evidence["agencies"]] == sorted(
        one.uscc or "" for one in it.agencies
    )
    assert draw.evidence["terms"]["shares"] == {"A": 2, "B": 5, "C": 20, "D": 50}
    assert failed(draw.evidence, promised=plan.commitment, digest=draw.sha256) == []
    assert verify_inspection.verify(draw.evidence, draw.sha256, plan.commitment) == []
    check = Inspection.objects.get()
    assert check.agency.uscc == draw.evidence["drawn"][0]["uscc"]
    assert check.seats.filter(is_called=True).count() == 2
    assert check.due_at is not None
    told = Message.objects.filter(kind="bidding/inspection_drawn")
    assert {one.organization for one in told} <= {check.agency}
    called = Message.objects.filter(kind="bidding/inspection_called")
    assert {one.user for one in called} == {seat.user for seat in check.seats.all()[:2]}


def test_a_plan_is_drawn_once(it: World) -> None:
    plan = it.drawn()

    draw_plan(plan=plan, at=NOON)

    assert InspectionDraw.objects.count() == 1
    assert Inspection.objects.count() == 1


def test_a_worse_grade_is_drawn_more_often(it: World) -> None:
    others = [active_agency(division=division()) for _count in range(4)]
    for agency in others:
        EntryFactory(organization=agency, points=-45)

    plan = it.drawn()

    [draw] = InspectionDraw.objects.all()
    by_grade = {one["grade"] for one in draw.evidence["agencies"]}
    assert by_grade == {"A", "D"}
    checks = Inspection.objects.filter(plan=plan)
    assert checks.filter(grade="D").count() == how_many(4, 50) == 2
    assert checks.filter(grade="A").count() == how_many(3, 2) == 1


def test_a_plan_is_for_its_place_and_its_class_alone(it: World) -> None:
    elsewhere = active_agency(division=division("360703"))
    kind = ServiceClassFactory()

    in_place = InspectionDraw.objects.get(plan=it.drawn()).evidence["agencies"]
    in_class = InspectionDraw.objects.get(plan=it.drawn(service_class=kind)).evidence

    assert elsewhere.uscc not in {one["uscc"] for one in in_place}
    assert (in_class["agencies"], in_class["drawn"]) == ([], [])


def test_who_served_an_agency_or_was_recused_from_its_case_does_not_inspect_it(it: World) -> None:
    served, recused = it.people[:2]
    for agency in it.agencies:
        party(agency, Role.AGENCY_AGENT, user=served)
        case = CaseFactory(organization=agency, authority=it.office)
        Membership.objects.filter(user=served, organization=agency).update(is_active=False)
        Recusal.objects.create(case=case, user=recused, reasons="亲属", recused_at=NOON)

    check, line = it.check()

    assert line == [it.people[2]]
    evidence = InspectionDraw.objects.get().evidence
    assert len(evidence["avoided"]) == 6
    assert check.seats.filter(is_called=True).count() == 1


def test_the_newest_selection_is_a_source_of_the_draw(it: World) -> None:
    evidence = InspectionDraw.objects.get(plan=it.drawn()).evidence

    assert evidence["public"] is None


def test_a_plan_that_cannot_be_drawn_is_not_published(it: World) -> None:
    with refused("plan_is_for_the_own_area"):
        it.publish(division=division(PROVINCE))
    with refused("checks_begin_after_the_draw"):
        it.publish(starts_on=NOON.date())
    with refused("checks_end_after_their_beginning"):
        it.publish(ends_on=NOON.date())
    with refused("plan_says_what_is_checked"):
        it.publish(checklist=[])

    assert not InspectionPlan.objects.exists()


def test_one_regulator_cannot_be_drawn() -> None:
    it = county(regulators=1)

    with refused("authority_has_enough_inspectors"):
        it.publish()

    assert not InspectionPlan.objects.exists()


def report(check: Inspection, by: User, **changed: object) -> Inspection:
    given = {
        "checked_on": STARTS,
        "answers": [True, True],
        "outcome": "clear",
        "kind": "",
        "text": " 查看了证照。 ",
        "by": by,
        "at": NOON.replace(day=STARTS.day, month=STARTS.month),
    }
    return report_check(check=check, **{**given, **changed})


def test_a_check_that_finds_something_is_a_case_with_its_files(it: World) -> None:
    check, [first, *_rest] = it.check()

    done = report(
        check,
        first,
        answers=[True, False],
        outcome="found",
        kind="late_service",
        text=WHY,
        papers=[upload()],
    )

    case = Case.objects.get()
    assert done.case == case
    assert (case.organization, case.source, case.kind, case.facts, case.status) == (
        *(check.agency, "inspection", "late_service", WHY),
        "found",
    )
    assert [*case.evidence.all()] == [*done.papers.all()]
    assert case.evidence.count() == 1
    assert done.reported_by == first
    told = Message.objects.filter(kind="bidding/inspection_reported")
    assert all(WHY not in one.body for one in told)
    assert AuditEntry.objects.get(verb="inspection.reported").data["case"] == case.number


def test_a_clear_check_opens_nothing(it: World) -> None:
    check, [first, *_rest] = it.check()

    done = report(check, first)

    assert (done.status, done.outcome, done.text) == ("done", "clear", "查看了证照。")
    assert not Case.objects.exists()
    with refused("check_is_open"):
        report(done, first)


@pytest.mark.parametrize(
    ("changed", "guard"),
    [
        ({"answers": [True]}, "every_line_is_answered"),
        ({"answers": [True, False]}, "outcome_follows_from_the_lines"),
        ({"outcome": "corrected"}, "outcome_follows_from_the_lines"),
        ({"kind": "bribery"}, "conduct_is_named_where_it_is_followed_up"),
        ({"text": " "}, "check_is_described"),
        ({"checked_on": NOON.date()}, "day_is_in_the_period"),
    ],
)
def test_what_does_not_agree_is_not_reported(
    it: World, changed: dict[str, object], guard: str
) -> None:
    check, [first, *_rest] = it.check()

    with refused(guard):
        report(check, first, **changed)

    check.refresh_from_db()
    assert (check.status, check.outcome) == ("planned", "")
    assert not Case.objects.exists()


def test_who_was_not_drawn_does_not_report(it: World) -> None:
    check, [first, _second, third] = it.check()
    stranger = UserFactory()

    with refused("inspector_is_called"):
        report(check, third)
    with refused("inspector_is_called"):
        step_aside(check=check, reasons="x", by=stranger, at=NOON)
    with refused("check_has_begun", "day_is_in_the_period"):
        report(check, first, at=NOON)

    assert not Inspection.objects.done().exists()


def test_who_steps_aside_is_followed_by_the_next_in_the_order_of_the_lots(it: World) -> None:
    check, [first, second, third] = it.check()
    with refused("reasons_for_stepping_aside_are_given"):
        step_aside(check=check, reasons=" ", by=first, at=NOON)

    step_aside(check=check, reasons="亲属在该机构任职", by=first, at=NOON)

    called = InspectionSeat.objects.filter(inspection=check, is_called=True)
    assert [seat.user for seat in called] == [second, third]
    left = InspectionSeat.objects.get(user=first)
    assert (left.reasons, left.stepped_aside_at) == ("亲属在该机构任职", NOON)
    with refused("somebody_is_next_in_line"):
        step_aside(check=check, reasons="出差", by=second, at=NOON)
    told = Message.objects.filter(kind="bidding/inspection_called", user=third)
    assert told.count() == 1


def test_a_branch_is_avoided_with_its_head_office(it: World) -> None:
    head = active_agency(division=division("360703"))
    Organization.objects.filter(pk=it.agencies[0].pk).update(head_office=head)
    party(head, Role.AGENCY_AGENT, user=it.people[0])

    it.drawn()

    evidence = InspectionDraw.objects.get().evidence
    assert [pair[0] for pair in evidence["avoided"]] == [it.agencies[0].uscc]
    assert LINES == InspectionPlan.objects.get().checklist
