"""The officers' pages: refuse with reasons, stand back; another area finds nothing."""

from html import unescape

import pytest
import time_machine
from django.test import Client

from bidding.models import Dispute
from tests.bidding.disputing import FILED, World, world
from tests.factories.disputes import DisputeFactory
from tests.factories.marketplace import AuthorityFactory, Role, division, party
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def it() -> World:
    return world()


def test_it_is_refused_with_reasons(client: Client, it: World) -> None:
    dispute = it.filed()
    client.force_login(it.clerk)
    page = f"/operator/disputes/{dispute.slug}/"

    with time_machine.travel(FILED, tick=False):
        empty = client.post(f"{page}refuse/", {"reasons": ""})
        assert empty.status_code == 422
        assert client.post(f"{page}refuse/", {"reasons": "不是当事人。"}).url == page
        shown = on_one_line(client.get(page).content.decode())

    assert "不是当事人。" in shown
    assert "不予受理" in shown
    dispute.refresh_from_db()
    assert dispute.status == Dispute.Status.REFUSED


def test_who_has_stood_back_finds_the_buttons_closed(client: Client, it: World) -> None:
    dispute = it.filed()
    client.force_login(it.clerk)
    page = f"/operator/disputes/{dispute.slug}/"

    with time_machine.travel(FILED, tick=False):
        assert "不能收回" in client.get(f"{page}recuse/").content.decode()
        assert client.post(f"{page}recuse/", {"reasons": "亲属任职。"}).url == page
        assert "您已经回避" in client.get(page).content.decode()
        assert client.post(f"{page}accept/").status_code == 422


def test_another_area_finds_nothing_and_an_inspector_only_reads(client: Client, it: World) -> None:
    dispute = it.filed()
    page = f"/operator/disputes/{dispute.slug}/"
    other = party(AuthorityFactory(division=division("360100")), Role.OPERATOR).user
    inspector = party(it.operators, Role.INSPECTOR).user

    client.force_login(other)
    assert client.get(page).status_code == 404
    client.force_login(inspector)
    assert client.get(page).status_code == 200
    assert client.get(f"{page}accept/").status_code == 403
    assert client.get("/operator/disputes/?queue=waiting").status_code == 200


def test_a_complaint_found_right_leads_to_a_case_about_the_agency(client: Client) -> None:
    dispute = DisputeFactory(decided=True, is_upheld=True)
    tender = dispute.tender
    agency = tender.award.bid.agency
    regulator, clerk = (
        party(dispute.authority, role).user for role in (Role.REGULATOR, Role.OPERATOR)
    )
    page = f"/operator/disputes/{dispute.slug}/"
    url = f"/regulator/cases/new/?agency={agency.slug}&source=complaint&reference={tender.code}"

    client.force_login(regulator)
    assert unescape(client.get(page).content.decode()).count(url) == 1
    form = client.get(url).context["form"]
    assert form["reference"].value() == tender.code
    client.force_login(clerk)
    assert "regulator/cases/new" not in client.get(page).content.decode()
