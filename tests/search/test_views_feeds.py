"""Any list and any search can be followed by a reader of feeds or a calendar."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from search.backends import database_index
from search.views.feeds import OCTETS, escaped, folded
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, TenderFactory, load_reference
from tests.factories.disputes import DisputeFactory
from tests.search.test_views_search import document

pytestmark = pytest.mark.django_db


def feed(client: Client, address: str, **asked: str) -> ElementTree.Element:
    """Return a feed of ours as what it says."""
    return ElementTree.fromstring(client.get(address, asked).content)  # noqa: S314 - our own answer


def test_a_list_is_a_feed_and_a_calendar_as_it_was_asked_for(client: Client) -> None:
    load_reference()
    order = TenderFactory(active=True, fund="fiscal")
    TenderFactory(active=True, fund="private", buyer=order.buyer, item=order.item)

    rss = feed(client, "/feeds/tenders.rss", fund="fiscal")
    atom = feed(client, "/feeds/tenders.atom", fund="fiscal")
    dates = client.get("/feeds/tenders.ics?fund=fiscal").content.decode()

    assert [one.text for one in rss.iter("guid")] == [f"tender:{order.code}"]
    assert rss.findtext("channel/title") == "采购公告：财政资金"
    assert len(atom.findall("{http://www.w3.org/2005/Atom}entry")) == 1
    assert dates.count("BEGIN:VEVENT") == 1
    assert "DTEND:20261126T160000Z\r\n" in dates


def test_every_list_and_the_whole_search_has_a_feed(client: Client) -> None:
    load_reference()
    award = AwardFactory()
    sides = {"filer": award.bid.agency, "tender": award.tender}
    dispute = DisputeFactory(**sides, decided=True)
    database_index().put([document(1, sort_at=NOON)], 1)

    found = {
        scope: [one.text for one in feed(client, f"/feeds/{scope}.rss", q=words).iter("guid")]
        for scope, words in {
            "awards": "",
            "agencies": "",
            "items": award.tender.item.code,
            "disputes": dispute.number,
            "search": "通知",
        }.items()
    }

    assert found == {
        "awards": [f"award:{award.tender.code}"],
        "agencies": [f"agency:{award.bid.agency.slug}"],
        "items": [f"item:{award.tender.item.code}"],
        "disputes": [f"dispute:{dispute.number}"],
        "search": ["notice:1"],
    }


def test_what_is_no_list_is_no_feed_and_what_is_somebodys_own_is_empty(client: Client) -> None:
    load_reference()
    TenderFactory(active=True)

    own = feed(client, "/feeds/tenders.rss", mine="1")
    answers = [
        client.get("/feeds/people.rss").status_code,
        client.get("/feeds/tenders.exe").status_code,
        client.get("/feeds/tenders.rss", {"q": "测" * 500}).status_code,
        client.post("/feeds/tenders.rss").status_code,
    ]

    assert list(own.iter("guid")) == []
    assert answers == [404, 404, 404, 405]


def test_a_line_of_a_calendar_is_cut_between_characters() -> None:
    line = folded("SUMMARY:" + escaped("报名，截止; " * 20))

    assert max(len(piece.encode()) for piece in line.split("\r\n")) <= OCTETS
    assert line.replace("\r\n ", "").count("\\;") == 20
