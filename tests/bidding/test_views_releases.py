"""Orders for programs: one by its code, all that a filter lets through as lines."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.bidding import AwardFactory, ContractFactory, TenderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
LIST = reverse("bidding:tender_releases")


def lines(client: Client, **asked: str) -> list[dict]:
    response = client.get(LIST, asked)
    assert response.headers["Content-Type"] == "application/jsonl; charset=utf-8"
    return [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]


def test_an_order_is_read_in_its_package_and_a_draft_is_not(client: Client) -> None:
    tender, draft = TenderFactory(active=True), TenderFactory(reviewed=True)
    address = reverse("bidding:tender_release", args=[tender.code])

    package = client.get(address).json()

    assert package["uri"].endswith(address)
    assert [one["tender"]["id"] for one in package["releases"]] == [tender.code]
    missing = reverse("bidding:tender_release", args=[draft.slug])
    assert client.get(missing).status_code == 404


def test_the_lines_are_the_list_and_cost_the_same_however_many_there_are(client: Client) -> None:
    def fill() -> None:
        TenderFactory(active=True)
        AwardFactory(active=True)
        ContractFactory(active=True)

    fill()
    lines(client)
    with CaptureQueriesContext(connection) as few:
        assert len(lines(client)) == 3
    fill()
    with CaptureQueriesContext(connection) as more:
        assert len(lines(client)) == 6

    assert len(more) == len(few)
    assert [one["tender"]["status"] for one in lines(client, phase="open")] == ["active"] * 2
