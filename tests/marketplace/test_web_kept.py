"""What was typed into a form is not lost when the session has ended meanwhile."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from bidding.models import Tender
from tests.factories.bidding import ContractUploadFactory, TenderFactory, load_reference
from tests.factories.marketplace import PASSWORD, BuyerFactory, Role, party

pytestmark = pytest.mark.django_db
CONTENT = "编制报告表，写了一个上午。"


@pytest.fixture(autouse=True)
def _reference() -> None:
    load_reference()


def log_in_at(client: Client, address: str, username: str) -> str:
    """Fill in the log-in form that one was sent to, and return the page that one comes back to."""
    back = client.post(address, {"login": username, "password": PASSWORD})
    assert back.status_code == 302
    return client.get(back.url).content.decode()


def test_what_was_typed_is_back_in_the_form_and_nothing_is_sent(client: Client) -> None:
    buyer = party(BuyerFactory().organization, Role.BUYER_MANAGER)
    tender = TenderFactory(buyer=buyer.organization, created_by=buyer.user)
    path = reverse("bidding:tender_edit", args=[tender.slug, "need"])
    before = Tender.objects.values().get()

    asked = client.post(path, {"content": CONTENT, "is_in_approval": "on", "password": "geheim"})

    assert asked.status_code == 302
    kept = client.session["kept"]
    assert kept["typed"] == {"content": [CONTENT]}
    html = log_in_at(client, asked.url, buyer.user.username)
    assert CONTENT in html
    assert "登录前填写的内容已经放回表单，还没有提交" in html
    assert "kept" not in client.session
    assert Tender.objects.values().get() == before
    [again] = parse_qs(urlsplit(asked.url).query)["next"]
    assert CONTENT not in client.get(again).content.decode()


def test_what_was_typed_into_one_of_several_forms_is_shown(client: Client) -> None:
    award = ContractUploadFactory().contract.award
    buyer = party(award.tender.buyer, Role.BUYER_MANAGER)
    page = reverse("bidding:contract", args=[award.tender.slug])
    path = reverse("bidding:contract_reject", args=[award.tender.slug])

    asked = client.post(path, {"reasons": CONTENT}, headers={"referer": f"http://testserver{page}"})

    html = log_in_at(client, asked.url, buyer.user.username)
    assert f"登录前填写的内容没有提交：{CONTENT}" in html


@pytest.mark.parametrize(
    ("typed", "name"),
    [({"amount": "81234.56"}, "bid"), ({"content": "长" * 32_001}, "tender_edit")],
    ids=["sealed", "too long"],
)
def test_a_sealed_amount_and_a_form_that_is_too_long_are_not_kept(
    client: Client, typed: dict[str, str], name: str
) -> None:
    tender = TenderFactory(active=True)
    given = {"bid": [tender.code], "tender_edit": [tender.slug, "need"]}[name]

    response = client.post(reverse(f"bidding:{name}", args=given), typed)

    assert response.status_code == 302
    assert "kept" not in client.session


def test_nobody_gets_at_what_was_typed_without_its_key(client: Client) -> None:
    buyer = party(BuyerFactory().organization, Role.BUYER_MANAGER)
    tender = TenderFactory(buyer=buyer.organization, created_by=buyer.user)
    path = reverse("bidding:tender_edit", args=[tender.slug, "need"])
    client.post(path, {"content": CONTENT})

    client.post(reverse("account_login"), {"login": buyer.user.username, "password": PASSWORD})

    for address in (path, f"{path}?kept=", f"{path}?kept=x"):
        assert CONTENT not in client.get(address).content.decode()
