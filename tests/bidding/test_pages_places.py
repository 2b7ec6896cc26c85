"""A place knows what lies above and below it, and a county its own orders."""

import pytest

from bidding.pages.places import place_page
from tests.clock import NOON
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import division

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_the_way_goes_from_the_province_to_the_county() -> None:
    county, other = division("360702"), division("360703")
    TenderFactory(active=True, division=county)
    TenderFactory(active=True, division=other)

    pages = {code: place_page(division(code), NOON) for code in ("360000", "360700", "360702")}

    assert [pages[code]["gathered"].open_count for code in pages] == [2, 2, 1]
    assert [one.url for one in pages["360702"]["above"]] == [
        *("/places/360000/", "/places/360700/", "/places/360702/"),
    ]
    assert {one.name for one in pages["360700"]["below"]} >= {county.name, other.name}
    assert pages["360702"]["scope"].open_orders() == "/tenders/?place=360702&phase=open"
    assert pages["360702"]["agencies_url"] == "/agencies/?city=360700"
