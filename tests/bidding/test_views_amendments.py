"""A buyer amends an open order over HTTP, and everybody reads what it said before."""

from __future__ import annotations

import pytest
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse

from bidding.models import Amendment, Bid, Tender
from tests.factories.bidding import BidFactory, TenderFactory
from tests.factories.marketplace import Role, party
from tests.markup import on_one_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
NAMES = ("title", "content", "scale", "ceiling", "project_code", "contact_name", "contact_phone")


def test_an_owner_amends_and_bidder_and_public_read_it(client: Client) -> None:
    tender = TenderFactory(active=True, contact_phone="0797-12345678")
    bid = BidFactory(tender=tender)
    owner, agency = party(tender.buyer, Role.BUYER_MANAGER), party(bid.agency, Role.AGENCY_MANAGER)
    amend = reverse("bidding:tender_amend", args=[tender.slug])
    desk = reverse("bidding:buyer_tender", args=[tender.slug])
    given = {**model_to_dict(tender, NAMES), "service_time": "11 个工作日", "price_basis": "概算"}
    client.force_login(owner.user)
    assert amend in client.get(desk).content.decode()

    refused = client.post(amend, {**given, "ceiling": "", "price_basis": "", "reasons": "写错。"})
    done = client.post(amend, {**given, "ceiling": "8万", "reasons": "写错。"})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "须填写最高限价" in refused.content.decode()
    assert done.url == reverse("bidding:tender", args=[tender.code])
    [amendment] = Amendment.objects.all()
    assert [change["field"] for change in amendment.changes] == ["ceiling", "price_basis"]
    public = on_one_line(Client().get(done.url).content.decode())
    assert "第 1 次变更" in public
    assert "¥100,000.00" in public
    assert "¥80,000.00" in public
    client.force_login(agency.user)
    own = client.get(reverse("bidding:bid", args=[tender.code])).content.decode()
    assert "贵单位此前的报价不再有效" in own
    assert Bid.objects.get().status == Bid.Status.LAPSED


def test_nobody_else_opens_the_page(client: Client) -> None:
    tender = TenderFactory(active=True)
    client.force_login(party(BidFactory(tender=tender).agency, Role.AGENCY_MANAGER).user)

    page = client.get(reverse("bidding:tender_amend", args=[tender.slug]))

    assert page.status_code in {403, 404}
    assert Tender.objects.get().selection_round == 1
