"""Every queue of the officers: who has taken what on, who finds it, and who stands in for whom."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from marketplace.kernel.models import AuditEntry
from marketplace.models import Agency, Assignment, Message, Organization, StandIn
from marketplace.web.queues import QUEUES
from tests.clock import NOON
from tests.factories.disputes import DisputeFactory, ReportFactory
from tests.factories.marketplace import (
    AgencyFactory,
    AuthorityFactory,
    BuyerFactory,
    ChangeProposalFactory,
    Role,
    division,
    party,
)
from tests.factories.parties import MoveFactory, PerformanceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
TODAY = NOON.date()


def text(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    return page.content.decode()


def one_of_each(office: Organization) -> dict[str, tuple[str, str]]:
    """Store one thing for each queue of an operator; return its page and its queue by name."""
    agency, buyer = AgencyFactory(submitted=True), BuyerFactory(registered=True)
    change, work = ChangeProposalFactory(), PerformanceFactory(declared=True)
    move, report, dispute = (
        MoveFactory(contested=True),
        ReportFactory(),
        DisputeFactory(authority=office),
    )
    return {
        "admissions": (agency.organization.slug, "/operator/admissions/"),
        "changes": (change.slug, "/operator/changes/"),
        "owners": (buyer.organization.slug, "/operator/owners/"),
        "moves": (move.slug, "/operator/moves/"),
        "performance": (work.slug, "/operator/performance/"),
        "reports": (report.slug, "/operator/reports/"),
        "disputes": (dispute.slug, "/operator/disputes/"),
    }


def test_in_every_queue_a_thing_is_taken_on_found_and_put_back(client: Client) -> None:
    office = AuthorityFactory()
    things, officer = one_of_each(office), party(office, Role.OPERATOR)
    client.force_login(officer.user)

    assert {one.name for one in QUEUES} == {*things, "orders"}
    for name, (slug, queue) in things.items():
        desk = f"/operator/handling/{name}/{slug}/"
        assert "我来办" in text(client, desk)
        assert slug not in text(client, f"{queue}?whose=mine")
        assert client.post(f"{desk}take/").status_code == 302
        assert slug in text(client, f"{queue}?whose=mine")
        assert "由我承办" in text(client, f"{queue}?q=")
        assert slug not in text(client, f"{queue}?whose=free")
        assert slug not in text(client, f"{queue}?q=没有这样的")
        assert client.post(f"{desk}back/").status_code == 302
    assert not Assignment.objects.exists()


def test_a_colleague_is_handed_what_one_has_and_nobody_takes_it_away(client: Client) -> None:
    agency, office = AgencyFactory(submitted=True), AuthorityFactory()
    first, second, third = (party(office, Role.OPERATOR).user for _one in range(3))
    reader = party(office, Role.INSPECTOR).user
    desk = f"/operator/handling/admissions/{agency.organization.slug}/"
    client.force_login(first)
    client.post(f"{desk}take/")

    client.force_login(second)
    refused = client.post(f"{desk}take/")
    assert (refused.status_code, f"正由{first}承办" in refused.content.decode()) == (422, True)
    assert client.post(f"{desk}over/", {"officer": third.pk}).status_code == 422
    client.force_login(first)
    assert client.post(f"{desk}over/", {"officer": reader.pk}).status_code == 422
    client.post(f"{desk}over/", {"officer": second.pk})

    assert Assignment.objects.get().officer == second
    told = Message.objects.get()
    assert (told.user, told.kind) == (second, "marketplace/thing_handed_over")
    assert told.url == f"/operator/admissions/{agency.organization.slug}/"
    verbs = AuditEntry.objects.filter(verb="assignment.made").order_by("pk")
    assert [one.data["officer"] for one in verbs] == [first.pk, second.pk]
    # who has taken a thing on hinders nobody from deciding it
    client.force_login(third)
    page = f"/operator/admissions/{agency.organization.slug}/"
    client.post(f"{page}return/", {"reasons": "营业执照看不清"})
    assert Agency.objects.get().status == Agency.Status.RETURNED
    assert client.post(f"{desk}take/").status_code == 422


def test_who_stands_in_finds_and_takes_what_the_colleague_has_while_away(client: Client) -> None:
    agency, office = AgencyFactory(submitted=True), AuthorityFactory()
    away, other = (party(office, Role.OPERATOR).user for _one in range(2))
    slug = agency.organization.slug
    desk, mine = f"/operator/handling/admissions/{slug}/", "/operator/admissions/?whose=mine"
    client.force_login(away)
    client.post(f"{desk}take/")
    days = {"first_day": TODAY, "last_day": TODAY + timedelta(days=1)}
    typed = {"absent": away.pk, "substitute": other.pk, **days}
    client.post("/operator/stand-ins/", typed)

    assert Message.objects.get().kind == "marketplace/stand_in_set"
    assert client.post("/operator/stand-ins/", typed).status_code == 422
    assert StandIn.objects.count() == 1
    client.force_login(other)
    assert slug in text(client, mine)
    assert "由我代办" in text(client, f"/operator/admissions/{slug}/")
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        assert slug not in text(client, mine)
        assert client.post(f"{desk}take/").status_code == 422
    assert client.post(f"/operator/stand-ins/{StandIn.objects.get().slug}/end/").status_code == 403
    assert client.post(f"{desk}take/").status_code == 302
    assert Assignment.objects.get().officer == other
    client.force_login(away)
    client.post(f"/operator/stand-ins/{StandIn.objects.get().slug}/end/")
    assert "没有人不在岗" in text(client, "/operator/stand-ins/")


def test_officers_of_another_place_and_agencies_handle_nothing(client: Client) -> None:
    agency = AgencyFactory(submitted=True)
    desk = f"/operator/handling/admissions/{agency.organization.slug}/"
    manager = party(agency.organization, Role.AGENCY_MANAGER)
    for one in (manager, party(AuthorityFactory(division=division("360102")), Role.OPERATOR)):
        client.force_login(one.user)
        assert client.get(desk).status_code == 404
        assert client.post(f"{desk}take/").status_code == 404
    assert client.get("/operator/handling/nothing/x/").status_code == 404
    assert client.get("/operator/handling/admissions/x/").status_code == 404
    client.force_login(manager.user)
    assert client.get("/operator/stand-ins/").status_code == 403
    assert not Assignment.objects.exists()
