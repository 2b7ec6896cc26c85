"""An owner keeps orders as templates, and drafts all of a project at once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from bidding.models import OrderTemplate, Tender
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import BuyerFactory, Role, ServiceItemFactory, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
CODE = "2610-360702-04-01-218846"


def url(name: str, *args: str) -> str:
    return reverse(f"bidding:{name}", args=args)


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_an_order_is_kept_as_a_template_used_and_removed(client: Client) -> None:
    order = TenderFactory(title="监测报告编制", content="监测十处。")
    client.force_login(party(order.buyer, Role.BUYER_MANAGER).user)
    stranger = Client()
    stranger.force_login(party(BuyerFactory().organization, Role.BUYER_MANAGER).user)

    client.post(url("template_save", order.slug), {"name": "监测"})
    again = client.post(url("template_save", order.slug), {"name": "监测"})

    template = OrderTemplate.objects.get()
    assert "贵单位已有名为“监测”的模板" in again.content.decode()
    assert "监测报告编制" in text(client, url("templates"))
    assert "监测报告编制" not in text(stranger, url("templates"))
    assert stranger.post(url("template_use", template.slug)).status_code == 404

    client.post(url("template_use", template.slug))
    drafted = Tender.objects.exclude(pk=order.pk).get()
    assert (drafted.title, drafted.content, drafted.status) == (
        *("监测报告编制", "监测十处。"),
        Tender.Status.DRAFT,
    )

    client.post(url("template_remove", template.slug))
    assert not OrderTemplate.objects.exists()
    assert Tender.objects.count() == 2


def test_a_project_is_drafted_item_by_item_and_submitted_one_by_one(client: Client) -> None:
    owner = party(BuyerFactory().organization, Role.BUYER_MANAGER)
    items = [ServiceItemFactory(published=True) for _item in range(2)]
    client.force_login(owner.user)
    sent = {
        "project_code": CODE.replace("-", ""),
        "title": "河道整治",
        "division": owner.organization.division.pk,
        "items": [one.code for one in items],
    }

    wrong = client.post(url("project_new"), {**sent, "project_code": "2610"})
    shown = client.post(url("project_new"), sent, follow=True)

    assert "统一项目代码由 4、6、2、2、6 位数字组成" in wrong.content.decode()
    drafts = Tender.objects.order_by("pk")
    assert [(one.title, one.item, one.project_code, one.status) for one in drafts] == [
        (f"河道整治{item.name}", item, CODE, Tender.Status.DRAFT) for item in items
    ]
    assert shown.redirect_chain[-1][0] == url("project", CODE)
    page = shown.content.decode()
    assert "已起草 2 项采购" in page
    assert all(url("buyer_tender", one.slug) in page for one in drafts)
    other = Client()
    other.force_login(party(BuyerFactory().organization, Role.BUYER_MANAGER).user)
    assert other.get(url("project", CODE)).status_code == 404


def test_no_more_drafts_at_once_than_the_rulebook_lets(client: Client) -> None:
    owner = party(BuyerFactory().organization, Role.BUYER_MANAGER)
    items = [ServiceItemFactory(published=True) for _item in range(21)]
    client.force_login(owner.user)

    refused = client.post(
        url("project_new"),
        {
            "project_code": CODE,
            "title": "河道整治",
            "division": owner.organization.division.pk,
            "items": [one.code for one in items],
        },
    )

    assert "一次最多起草 20 项" in refused.content.decode()
    assert not Tender.objects.exists()
