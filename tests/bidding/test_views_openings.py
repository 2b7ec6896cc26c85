"""Everybody reads how an order is opened; an officer of an office that holds a share gives it."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from bidding.models import PublicValue, ShareGiven
from bidding.selection.beacon import address_of, round_after
from marketplace.parties import Party
from tests.bidding.test_guards_openings import LARGE, officer
from tests.bidding.test_guards_public_values import ANNOUNCED, with_source
from tests.bidding.test_selection_beacon import ROUNDS
from tests.factories.bidding import OPENING, BidFactory, TenderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def after_the_deadline() -> Iterator[None]:
    with time_machine.travel(OPENING, tick=False):
        yield


def signed_in(client: Client, who: Party) -> Client:
    client.force_login(who.user, backend="marketplace.parties.PersonBackend")
    return client


def test_everybody_reads_how_an_order_is_opened_and_nobody_how_many_bid(client: Client) -> None:
    tender = TenderFactory(active=True, ceiling=LARGE)
    address = reverse("bidding:tender_opening", args=[tender.code])
    empty = client.get(address).content.decode()

    BidFactory.create_batch(3, tender=tender, amount="650000.00")

    assert client.get(address).content.decode() == empty
    assert "运营机构" in empty
    assert tender.order_key.public not in empty
    assert (
        client.get(reverse("bidding:tender_opening", args=["JX360702-2026-99999"])).status_code
        == 404
    )


def test_an_officer_gives_the_share_of_the_office_and_another_does_not(client: Client) -> None:
    tender = TenderFactory(closed=True, ceiling=LARGE, opening_at=OPENING)
    address = reverse("bidding:operator_give_share", args=[tender.slug])
    giver = officer("operator")
    for nobody, status in ((officer("inspector"), 403), (officer("operator", "360100"), 404)):
        assert signed_in(client, nobody).get(address).status_code == status

    page = signed_in(client, giver).get(address)
    done = client.post(address, follow=True)

    assert "交出密钥" in page.content.decode()
    assert done.redirect_chain[-1][0] == reverse("bidding:tender_opening", args=[tender.code])
    assert "密钥已经交出，不能收回" in done.content.decode()
    assert [one.given_by for one in ShareGiven.objects.all()] == [giver.user]
    assert client.post(address).status_code == 422
    assert ShareGiven.objects.count() == 1


def test_two_officers_enter_what_the_public_source_said(client: Client) -> None:
    tender = with_source()
    address = reverse("bidding:operator_public_value", args=[tender.slug])
    first, second = officer("operator"), officer("operator")
    signed_in(client, first).post(address, {"value": "2026318 1 2 3"})

    page = signed_in(client, second).get(address).content.decode()
    assert ANNOUNCED in page
    assert "2026318 1 2 3" not in page
    assert client.post(address, {"value": ""}).status_code == 422
    done = client.post(address, {"value": "2026318  1 2 3"}, follow=True).content.decode()

    assert "已录入。两名工作人员录入一致后计入抽取。" in done
    assert "2026318 1 2 3" in done
    assert PublicValue.objects.count() == 2


def test_a_signature_that_is_not_of_the_round_is_refused_beside_its_field(client: Client) -> None:
    tender = with_source("drand")
    address = reverse("bidding:operator_public_value", args=[tender.slug])
    assert tender.tender_period_end is not None
    number = round_after(tender.tender_period_end)
    everybody = client.get(reverse("bidding:tender_opening", args=[tender.code]))
    signed_in(client, officer("operator"))

    page = client.get(address).content.decode()
    refused = client.post(address, {"value": ROUNDS[1000]})

    for shown in (everybody.content.decode(), page):
        assert f'href="{address_of(number)}"' in shown
    assert refused.status_code == 422
    assert refused.context["act"].form.errors["value"] == [
        f"这不是 drand quicknet 第 {number} 轮的签名，请核对后重新录入。依据：平台默认。"
    ]
    assert not PublicValue.objects.exists()
