"""Agencies are found by what they have and did, in as many statements whoever many there are."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bidding.pages.finding import agency_search
from marketplace.models import Qualification
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, ContractFactory, bidder, load_reference
from tests.factories.credit import CaseFactory, EntryFactory, active_agency
from tests.factories.marketplace import PractitionerFactory, ServiceItemFactory

pytestmark = pytest.mark.django_db


def names(asked: str) -> set[str]:
    return {one.name for one in agency_search(QueryDict(asked), NOON).filtered()}


def counts(asked: str) -> dict[str, dict[str, int]]:
    shown = agency_search(QueryDict(asked), NOON).shown()
    return {one.name: {option.value: option.count for option in one.options} for one in shown}


def test_agencies_are_found_by_people_level_price_load_and_what_an_item_requires() -> None:
    load_reference()
    contract = ContractFactory(active=True)
    busy = contract.award.bid.agency
    idle = bidder(ServiceItemFactory(published=True), name="江西闲置测绘有限公司")
    PractitionerFactory.create_batch(5, agency=idle.agency)
    Qualification.objects.filter(agency=idle.agency).update(level="first")
    item = contract.award.tender.item
    found = counts("")

    assert names("people=5") == names("level=first") == {idle.name}
    assert names("load=1") == {busy.name}
    assert names("load=0") == {idle.name}
    assert names(f"item={item.code}") == {busy.name}
    assert names("people=10") == set()
    assert found["people"] == {"5": 1}
    assert found["load"]["1"] == 1
    assert sum(counts("load=1")["grade"].values()) == 1


def test_an_agency_is_found_by_the_grade_that_its_page_shows_to_everybody() -> None:
    load_reference()
    open_record, hidden_record = active_agency(), active_agency()
    EntryFactory(organization=open_record, points=-40)
    unpublished = EntryFactory(organization=hidden_record, points=-40)
    CaseFactory(organization=hidden_record, severity="minor", entry=unpublished, decided=True)

    assert names("grade=C") == {open_record.name}
    assert names("grade=A") == {hidden_record.name}


def test_the_finder_costs_as_many_statements_for_many_agencies_as_for_one() -> None:
    load_reference()
    AwardFactory()

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            counts("load=0&grade=A")
        return len(captured)

    one = asked()
    for _n in range(3):
        bidder()

    assert asked() == one


def test_an_item_leads_to_the_agencies_that_may_do_it(client: Client) -> None:
    load_reference()
    item = ServiceItemFactory(published=True)
    agency = bidder(item)

    html = client.get(f"/items/{item.code}/").content.decode()
    page = client.get(f"/agencies/?item={item.code}").content.decode()

    assert f'href="/agencies/?item={item.code}"' in html
    assert agency.name in page
    assert f"{item.name}" in page
