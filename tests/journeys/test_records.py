"""Every public record can be passed on, printed and followed, all of them in the same way."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.web.moments import cn_deadline
from tests.factories.bidding import TenderFactory, load_reference
from tests.journeys.records import public_records
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db

FOLLOWED = {
    *("order", "letter", "agency", "owner", "item", "decision", "law"),
    *("notice", "rulebook", "version"),
}
FOLLOWED_IN_A_LIST = {"complaint"}
LISTS = {
    "bidding:tender_list": ["tenders.atom", "tenders.rss", "tenders.ics"],
    "bidding:award_list": ["awards.atom", "awards.rss"],
    "bidding:agency_list": ["agencies.atom", "agencies.rss"],
    "bidding:item_list": ["items.atom", "items.rss"],
    "bidding:complaints": ["disputes.atom", "disputes.rss"],
    "credit:restriction_list": ["search.atom?in=sanction", "search.rss?in=sanction"],
    "cms:notices": ["search.atom?in=notice", "search.rss?in=notice"],
}
WITH_DEADLINES = {"order", "owner", "item"}


def test_every_record_has_its_address_its_code_and_what_can_be_followed(client: Client) -> None:
    records = public_records()

    pages = {name: on_one_line(client.get(path)) for name, path in records.items()}

    for name, page in pages.items():
        path = records[name]
        assert page.count('id="pass-on"') == 1, name
        assert f'<a id="address" href="{path}">http://127.0.0.1:8000{path}</a>' in page, name
        assert f'src="{reverse("marketplace:qr", args=[path.strip("/")])}"' in page, name
        assert page.count("data-print") == 1, name
    assert {name for name, page in pages.items() if "/feeds/search.atom?" in page} == FOLLOWED
    assert {name for name, page in pages.items() if "/feeds/search.ics?q=" in page} == (
        WITH_DEADLINES
    )
    number = records["complaint"].strip("/").rpartition("/")[2]
    followed = {name for name, page in pages.items() if f"/feeds/disputes.atom?q={number}" in page}
    assert followed == FOLLOWED_IN_A_LIST


def test_an_order_says_what_comes_next_and_until_when(client: Client) -> None:
    load_reference()
    tender = TenderFactory(active=True)

    page = on_one_line(client.get(reverse("bidding:tender", args=[tender.code])))

    end = page.partition('<h2 id="pass-on">接下来</h2>')[2].partition("</dl>")[0]
    assert "<dt>报名中</dt><dd>至 <time" in end
    assert cn_deadline(tender.tender_period_end) in end
    assert end.count("<dt>") == 2


def test_every_public_list_can_be_followed(client: Client) -> None:
    public_records()

    pages = {name: on_one_line(client.get(reverse(name))) for name in LISTS}

    missing = {
        name: [end for end in ends if f"/feeds/{end}" not in pages[name]]
        for name, ends in LISTS.items()
    }
    assert missing == {name: [] for name in LISTS}
