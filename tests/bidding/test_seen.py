"""What was seen to go wrong once: an act on something that nobody had looked at."""

import pytest
from django.test import Client
from django.urls import reverse

from bidding.guards.versions import version_of_order
from bidding.models import Contract, Tender
from marketplace.kernel.models import AuditEntry
from tests.clock import NOON
from tests.factories.bidding import (
    ContractUploadFactory,
    DocumentFactory,
    TenderFactory,
)
from tests.factories.marketplace import AuthorityFactory, BuyerFactory, Role, division, party
from tests.senders import seen_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
NEED = {
    "title": "第二个标签页的名称",
    "content": "编制环境影响报告表。",
    "service_time": "20",
    "fund": "private",
    "contact_name": "刘工",
    "contact_phone": "0797-5550132",
}


def url(name: str, *args: object) -> str:
    return reverse(f"bidding:{name}", args=args)


def test_an_order_that_was_changed_meanwhile_is_not_approved(client: Client) -> None:
    tender = TenderFactory(submitted=True, title="原来的名称")
    client.force_login(party(AuthorityFactory(division=division()), Role.OPERATOR).user)
    seen = seen_on(client.get(url("operator_tender", tender.slug)))
    Tender.objects.filter(pk=tender.pk).update(title="改过的名称")

    response = client.post(url("operator_approve", tender.slug), {"seen": seen})

    assert response.status_code == 409
    assert "项目名称由“原来的名称”改为“改过的名称”" in response.content.decode()
    tender.refresh_from_db()
    assert (tender.status, tender.reviewed_at) == ("submitted", None)
    assert not AuditEntry.objects.exists()


def test_a_contract_whose_text_was_replaced_is_not_signed(client: Client) -> None:
    first = ContractUploadFactory()
    contract, agency = first.contract, first.organization
    client.force_login(party(contract.award.tender.buyer, Role.BUYER_MANAGER).user)
    path = url("contract_confirm", contract.award.tender.slug)
    seen = seen_on(client.get(path))
    first.rejected_at, first.reject_reasons = NOON, "缺页。"
    first.save()
    other = DocumentFactory(organization=agency, name="换过的合同.pdf")
    ContractUploadFactory(contract=contract, organization=agency, document=other)

    response = client.post(path, {"seen": seen})

    assert response.status_code == 409
    assert "改为“换过的合同.pdf，" in response.content.decode()
    assert Contract.objects.get().status == "pending"
    assert not AuditEntry.objects.exists()


def test_two_tabs_of_a_draft_do_not_overwrite_each_other(client: Client) -> None:
    buyer = party(BuyerFactory().organization, Role.BUYER_MANAGER)
    client.force_login(buyer.user)
    tender = TenderFactory(buyer=buyer.organization, created_by=buyer.user, title="原来的名称")
    path = url("tender_edit", tender.slug, "need")
    seen = seen_on(client.get(path))
    client.post(path, {**NEED, "title": "第一个标签页的名称", "seen": seen})

    response = client.post(path, {**NEED, "content": "写了一个上午。", "seen": seen})

    html = response.content.decode()
    assert response.status_code == 409
    assert "项目名称由“原来的名称”改为“第一个标签页的名称”" in html
    assert "写了一个上午。" in html
    assert Tender.objects.get().title == "第一个标签页的名称"
    assert seen_on(response) == version_of_order(Tender.objects.get()).token
