"""The pages of places and classes, and the place that is remembered."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.bidding import AwardFactory, TenderFactory
from tests.factories.marketplace import division

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_a_place_and_a_class_show_what_is_open_and_was_awarded(client: Client) -> None:
    award = AwardFactory(active=True, tender__division=division("360702"))
    tender = TenderFactory(active=True, item=award.tender.item, division=division("360702"))
    address = reverse("bidding:service_class", args=[tender.item.service_class.code])

    for path in ("/places/360700/", address):
        html = client.get(path).content.decode()
        assert tender.title in html
        assert award.bid.agency.name in html
    assert client.get("/places/999999/").status_code == 404


def test_who_asks_for_places_comes_to_the_one_they_chose(client: Client) -> None:
    division("360000")
    division("360702")
    assert client.get("/places/").headers["Location"] == "/places/360000/"

    client.get("/display/", {"place": "360702", "next": "/places/360702/"})

    assert client.get("/places/").headers["Location"] == "/places/360702/"
    client.get("/display/", {"place": "x"})
    assert client.get("/places/").headers["Location"] == "/places/360702/"
