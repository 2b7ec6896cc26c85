"""A class names its items, who may work in it, and what is bought in it."""

import pytest

from bidding.pages.classes import class_page
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder
from tests.factories.marketplace import ServiceItemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_a_class_gathers_what_is_its_own() -> None:
    item = ServiceItemFactory(published=True)
    TenderFactory(active=True, item=item)
    TenderFactory(active=True)
    bidder(item)

    page = class_page(item.service_class, NOON)

    assert page["items"] == [item]
    assert (page["gathered"].open_count, page["agency_count"]) == (1, 1)
    assert page["open_url"] == f"/tenders/?class={item.service_class.code}&phase=open"
