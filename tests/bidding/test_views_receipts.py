"""A bidder downloads its own receipts, nobody else's."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from docs.verify_receipt import faults
from tests.factories.bidding import BidFactory, bidder
from tests.factories.marketplace import party

pytestmark = pytest.mark.django_db


def test_a_bidder_reads_and_downloads_its_receipt_and_a_rival_finds_nothing(client: Client) -> None:
    bid = BidFactory()
    page = reverse("bidding:bid_receipts", args=[bid.tender.code])
    file = reverse("bidding:bid_receipt", args=[bid.tender.code, 1])
    own = party(bid.agency, "agency_manager")
    client.force_login(own.user, backend="marketplace.parties.PersonBackend")

    text, answer = client.get(page).content.decode(), client.get(file)

    receipt = json.loads(answer.content)
    assert (receipt["sealed"], receipt["version"]) == (bid.offers.get().sealed, 1)
    assert faults(receipt, "", None) == []
    assert receipt["sealed"] in text
    assert receipt["public_key"] in text
    assert f"{bid.tender.code}-receipt-1.json" in answer["Content-Disposition"]
    unknown = reverse("bidding:bid_receipt", args=[bid.tender.code, 2])
    assert client.get(unknown).status_code == 404

    rival = party(bidder(bid.tender.item), "agency_manager")
    client.force_login(rival.user, backend="marketplace.parties.PersonBackend")
    assert [client.get(one).status_code for one in (page, file)] == [404, 404]
