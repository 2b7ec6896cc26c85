"""An owner chooses over HTTP, and everybody reads whom and why."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from bidding.models import Bid, Choice
from tests.bidding.openings import opened
from tests.factories.bidding import BidFactory, TenderFactory
from tests.factories.marketplace import Role, party
from tests.markup import on_one_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
WHY = "近三年完成过三个同类项目。"


def test_an_owner_chooses_of_the_list_and_everybody_reads_why(client: Client) -> None:
    tender = TenderFactory(closed=True, method="shortlist")
    for amount in (90000, 80000):
        BidFactory(tender=tender, amount=amount)
    tender = opened(tender)
    chosen = Bid.objects.get(tender=tender, offers__opened__amount=90000).agency
    client.force_login(party(tender.buyer, Role.BUYER_MANAGER).user)
    choose = reverse("bidding:tender_choose", args=[tender.slug])
    desk = reverse("bidding:buyer_tender", args=[tender.slug])
    public = reverse("bidding:tender", args=[tender.code])
    verify = reverse("bidding:tender_verify", args=[tender.code])
    assert choose in client.get(desk).content.decode()
    assert choose in client.get(reverse("marketplace:workbench")).content.decode()
    assert "等待业主选定" in client.get(public).content.decode()
    assert "2 家候选机构，等待项目业主选定" in client.get(verify).content.decode()
    assert f"{chosen.name}，¥90,000.00" in client.get(choose).content.decode()

    refused = client.post(choose, {"candidate": "x", "reasons": ""})
    done = client.post(choose, {"candidate": chosen.uscc, "reasons": WHY})

    assert (refused.status_code, done.status_code, done.url) == (422, 302, desk)
    assert Choice.objects.get().bid.agency == chosen
    page = on_one_line(Client().get(public).content.decode())
    assert WHY in page
    assert "等待登记" in page
    assert "拟中选，等待登记" in page
    assert "业主选定或者评分" in page
    assert f"项目业主选定{chosen.name}" in client.get(verify).content.decode()
    assert choose not in client.get(desk).content.decode()
    assert "业主已经选定，不能更改" in client.get(choose).content.decode()


def test_nobody_else_chooses(client: Client) -> None:
    tender = TenderFactory(closed=True, method="shortlist")
    bids = [BidFactory(tender=tender), BidFactory(tender=tender)]
    tender = opened(tender)
    client.force_login(party(bids[0].agency, Role.AGENCY_MANAGER).user)

    page = client.get(reverse("bidding:tender_choose", args=[tender.slug]))

    assert page.status_code in {403, 404}
    assert not Choice.objects.exists()
