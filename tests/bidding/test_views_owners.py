"""The public page of an owner."""

import pytest

from tests.factories.bidding import TenderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_everybody_reads_the_page_of_an_owner_and_finds_it_from_the_order(client):
    tender = TenderFactory(active=True)
    address = f"/owners/{tender.buyer.slug}/"

    page = client.get(address).content.decode()

    assert tender.title in page
    assert "没有逾期付款、未评价、取消采购等记录。" in page
    assert address in client.get(f"/tenders/{tender.code}/").content.decode()
    assert client.get("/owners/nobody/").status_code == 404
