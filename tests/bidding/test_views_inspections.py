"""Everybody reads plans, draws and results; what was written is for the two sides alone."""

import json

import pytest
import time_machine
from django.test import Client

from bidding.models import Inspection, InspectionDraw, InspectionPlan
from credit.models import Case
from docs import verify_inspection
from marketplace.kernel.calendar import end_of_day
from tests.bidding.inspecting import STARTS, World, county
from tests.factories.credit import active_agency
from tests.factories.marketplace import Role, division, party
from tests.markup import on_one_line
from tests.uploads import upload

pytestmark = pytest.mark.django_db
WHY = "没有按期交付三份成果。"
LATER = end_of_day(STARTS).replace(microsecond=0)


@pytest.fixture
def it() -> World:
    return county()


def test_a_regulator_publishes_a_plan_and_everybody_reads_it(client: Client, it: World) -> None:
    client.force_login(it.by)
    page = client.get("/regulator/inspections/new/")
    assert page.status_code == 200
    given = {
        "title": "冬季随机检查",
        "division": it.office.division_id,
        "starts_on": "2026-12-05",
        "ends_on": "2026-12-20",
        "checklist": "一\n二",
    }

    early = client.post("/regulator/inspections/new/", {**given, "starts_on": "2026-11-24"})
    assert (early.status_code, InspectionPlan.objects.count()) == (422, 0)
    done = client.post("/regulator/inspections/new/", given)

    plan = InspectionPlan.objects.get()
    assert done.url == f"/inspections/{plan.number}/"
    public = Client()
    told = on_one_line(public.get(done.url).content.decode())
    assert plan.commitment in told
    assert "到时从登记在检查范围内的机构里" in told
    assert public.get(f"{done.url}evidence.json").status_code == 404
    assert "冬季随机检查" in public.get("/inspections/").content.decode()


def test_who_is_no_regulator_publishes_nothing(client: Client, it: World) -> None:
    client.force_login(party(it.office, Role.OPERATOR).user)

    assert client.get("/regulator/inspections/new/").status_code == 403
    assert client.post("/regulator/inspections/new/", {"title": "x"}).status_code == 403
    assert not InspectionPlan.objects.exists()


def test_the_draw_stands_with_its_evidence_and_its_verdict(client: Client, it: World) -> None:
    plan = it.drawn()

    page = on_one_line(client.get(f"/inspections/{plan.number}/").content.decode())
    file = client.get(f"/inspections/{plan.number}/evidence.json")

    assert "名单上有 3 家机构，按信用等级的比例抽中 1 家" in page
    assert "核对一致" in page
    evidence = json.loads(file.content)
    draw = InspectionDraw.objects.get()
    assert verify_inspection.verify(evidence, draw.sha256, plan.commitment) == []
    assert f"--digest {draw.sha256}" in page
    drawn = Inspection.objects.get()
    assert drawn.agency.name in page


def test_evidence_that_does_not_hold_is_said_not_to(client: Client, it: World) -> None:
    plan = it.drawn()
    InspectionPlan.objects.filter(pk=plan.pk).update(commitment="0" * 64)

    page = client.get(f"/inspections/{plan.number}/").content.decode()

    assert "核对不一致" in page
    assert "核对一致" not in page


GIVEN = {
    "checked_on": STARTS.isoformat(),
    "line_0": "right",
    "line_1": "wrong",
    "outcome": "found",
    "kind": "late_service",
    "text": WHY,
}


def test_an_inspector_who_was_drawn_reports_a_check(client: Client, it: World) -> None:
    check, [first, _second, third] = it.check()
    own = f"/regulator/inspections/{check.slug}/report/"
    with time_machine.travel(LATER, tick=False):
        client.force_login(third)
        assert "您没有被抽中参加这项检查" in client.get(own).content.decode()
        client.force_login(first)
        assert "检查机构，填报结果" in client.get("/workbench/").content.decode()
        wrong = client.post(own, {**GIVEN, "line_1": "right"})
        assert (wrong.status_code, Case.objects.count()) == (422, 0)

        done = client.post(own, {**GIVEN, "papers": upload(name="记录.pdf")})

    assert done.url == f"/inspections/checks/{check.slug}/"
    page = client.get(done.url).content.decode()
    assert WHY in page
    assert Case.objects.get().number in page


def test_what_was_written_is_for_the_two_sides_alone(client: Client, it: World) -> None:
    check, [first, second, _third] = it.check()
    client.force_login(first)
    with time_machine.travel(LATER, tick=False):
        own = f"/regulator/inspections/{check.slug}/report/"
        client.post(own, {**GIVEN, "papers": upload(name="记录.pdf")})
    page, case = f"/inspections/checks/{check.slug}/", Case.objects.get()
    [paper] = check.papers.all()
    file = f"{page}documents/{paper.slug}/"
    public, agency, stranger = Client(), Client(), Client()
    agency.force_login(party(check.agency, Role.AGENCY_MANAGER).user)
    stranger.force_login(party(active_agency(), Role.AGENCY_MANAGER).user)

    read = public.get(page).content.decode()
    assert "发现问题，移送立案核查" in read
    assert str(second) in read
    assert (WHY in read, case.number in read, "记录.pdf" in read) == (False, False, False)
    assert public.get(file).status_code == 302
    told = agency.get(page).content.decode()
    assert (WHY in told, "记录.pdf" in told, case.number in told) == (True, True, False)
    assert check.plan.title in agency.get("/agency/inspections/").content.decode()
    assert WHY not in stranger.get(page).content.decode()
    assert stranger.get(file).status_code == 404


def test_results_stand_with_the_agency_and_what_was_found_in_its_dossier(
    client: Client, it: World
) -> None:
    check, [first, *_rest] = it.check()
    client.force_login(first)
    with time_machine.travel(LATER, tick=False):
        client.post(f"/regulator/inspections/{check.slug}/report/", GIVEN)

    page = Client().get(f"/agencies/{check.agency.slug}/").content.decode()
    assert "发现问题，移送立案核查" in page
    dossier = client.get(f"/regulator/agencies/{check.agency.slug}/").content.decode()
    assert f"/inspections/checks/{check.slug}/" in dossier


def test_who_steps_aside_is_named_with_the_reasons(client: Client, it: World) -> None:
    check, [first, _second, third] = it.check()
    client.force_login(first)
    page = client.get(f"/inspections/checks/{check.slug}/").content.decode()
    assert "不能参加，由下一名递补" in page

    client.post(f"/regulator/inspections/{check.slug}/step-aside/", {"reasons": "曾经在该机构任职"})

    public = on_one_line(Client().get(f"/inspections/checks/{check.slug}/").content.decode())
    assert f"{first}没有参加：曾经在该机构任职" in public
    assert f"{third}，递补" in public


def test_officers_of_another_county_report_nothing(client: Client, it: World) -> None:
    check, _line = it.check()
    other = county()
    elsewhere = party(active_agency(division=division("360703")), Role.AGENCY_MANAGER).user

    for user in (other.by, elsewhere):
        client.force_login(user)
        address = f"/regulator/inspections/{check.slug}/report/"
        assert client.post(address, {"text": WHY}).status_code == 404
    client.force_login(it.by)
    assert client.get("/agency/inspections/").status_code == 403
    assert not Inspection.objects.done().exists()
