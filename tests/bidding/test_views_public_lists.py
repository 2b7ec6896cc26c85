"""What every public list has."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bidding.public_pages import page
from tests.factories.bidding import AwardFactory, TenderFactory, bidder
from tests.factories.marketplace import AgencyFactory, ServiceItemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.mark.parametrize("name", ["tender_list", "award_list", "agency_list", "item_list"])
def test_a_list_sends_the_same_number_of_queries_however_long_it_is(
    client: Client, name: str, django_assert_num_queries
) -> None:
    def fill() -> None:
        award = AwardFactory(active=True)
        bidder(award.tender.item)
        TenderFactory(active=True)

    fill()
    page(client, name)
    with CaptureQueriesContext(connection) as few:
        page(client, name)
    fill()
    fill()

    with django_assert_num_queries(len(few)):
        page(client, name)


@pytest.mark.parametrize(("name", "order"), [("item_list", "open"), ("agency_publicity", "latest")])
def test_a_list_says_its_order_and_another_one_asks_no_more(
    client: Client, name: str, order: str
) -> None:
    first, last = ServiceItemFactory(published=True), ServiceItemFactory(published=True)
    TenderFactory(active=True, item=last)
    ends = AgencyFactory(publicity=True), AgencyFactory(publicity=True)
    with CaptureQueriesContext(connection) as usual:
        plain = client.get(reverse(f"bidding:{name}"))

    with CaptureQueriesContext(connection) as other:
        turned = client.get(reverse(f"bidding:{name}"), {"sort": order})

    assert len(usual) == len(other)
    assert [link.is_on for link in plain.context["sorting"].links] == [True, False]
    assert [link.is_on for link in turned.context["sorting"].links] == [False, True]
    if name == "item_list":
        [group] = turned.context["groups"]
        assert [row.code for row in group.items] == [last.code, first.code]
    else:
        found = [[row.agency.slug for row in page.context["agencies"]] for page in (plain, turned)]
        assert found[0] == found[1][::-1]
        assert {*found[0]} == {agency.organization.slug for agency in ends}
