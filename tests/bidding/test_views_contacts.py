"""Numbers of people are masked on public pages and shown to who says why."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from marketplace.kernel.models import AuditEntry
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, load_reference
from tests.factories.credit import active_agency
from tests.factories.marketplace import PractitionerFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_number_of_an_order_is_shown_when_a_reason_is_given(client: Client) -> None:
    load_reference()
    tender = TenderFactory(active=True, contact_phone="0797-8123456")
    page, path = f"/tenders/{tender.code}/", f"/tenders/{tender.code}/contact/"

    assert "07**-*****56" in client.get(page).content.decode()
    assert "8123456" not in client.get(page).content.decode()
    assert "8123456" not in client.get(path).content.decode()
    assert "8123456" not in client.post(path, {"reason": "curious"}).content.decode()
    assert not AuditEntry.objects.exists()
    shown = client.post(path, {"reason": "bid"})

    assert "0797-8123456" in shown.content.decode()
    assert shown.headers["Cache-Control"] == "private, no-store"
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.data) == (
        "contact.shown",
        None,
        {"reason": "bid", "count": 1},
    )


def test_the_numbers_of_an_agency_are_shown_when_a_reason_is_given(client: Client) -> None:
    load_reference()
    agency = active_agency(contact_phone="0797-8123456")
    PractitionerFactory(agency=agency.agency, certificate_number="S360703001")
    path = f"/agencies/{agency.slug}/contact/"

    page = client.get(f"/agencies/{agency.slug}/").content.decode()
    assert "S3******01" in page
    assert "S360703001" not in page
    shown = client.post(path, {"reason": "verification"}).content.decode()

    assert "0797-8123456" in shown
    assert "S360703001" in shown
    assert AuditEntry.objects.get().data == {"reason": "verification", "count": 2}


def test_one_person_is_shown_as_many_numbers_a_day_as_the_setting_says(
    client: Client, settings: Any
) -> None:
    load_reference()
    settings.CONTACT_LOOKUPS_PER_DAY = 2
    client.force_login(reader := UserFactory())
    path = f"/tenders/{TenderFactory(active=True, contact_phone='0797-8123456').code}/contact/"
    AuditEntry.objects.create(by=reader, verb="contact.shown", at=NOON - timedelta(days=1))

    pages = [client.post(path, {"reason": "bid"}).content.decode() for _time in range(3)]

    assert ["0797-8123456" in page for page in pages] == [True, True, False]
    assert "今天已经查看了 2 次完整号码，每人每天最多 2 次，请明天再查。" in pages[2]
    assert AuditEntry.objects.filter(by=reader, verb="contact.shown").count() == 3


def test_who_has_not_signed_in_is_counted_by_address(client: Client, settings: Any) -> None:
    load_reference()
    settings.RATE_LIMITS = {"contact": "1/h/ip"}
    path = f"/tenders/{TenderFactory(active=True).code}/contact/"

    answers = [client.post(path, {"reason": "bid"}).status_code for _time in range(2)]

    assert answers == [200, 429]


def test_there_is_no_number_of_an_order_that_is_not_public(client: Client) -> None:
    load_reference()
    tender = TenderFactory(submitted=True)

    assert client.post(f"/tenders/{tender.slug}/contact/", {"reason": "bid"}).status_code == 404
    assert not AuditEntry.objects.exists()
