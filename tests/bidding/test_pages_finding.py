"""A public list is narrowed alike for its page and for a feed, and to what an agency may do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bidding.pages.finding import PUBLIC_SEARCHES
from marketplace.models import Membership
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder, load_reference
from tests.factories.disputes import DisputeFactory
from tests.factories.marketplace import BuyerFactory, ServiceItemFactory, party

pytestmark = pytest.mark.django_db
Role = Membership.Role


def found(client: Client, asked: str) -> tuple[list[str], int]:
    with CaptureQueriesContext(connection) as captured:
        rows = client.get(f"/tenders/?{asked}").context["tenders"]
    return [row.code for row in rows], len(captured)


def test_an_agency_finds_what_the_guards_let_it_sign_up_for_in_a_fixed_number_of_statements() -> (
    None
):
    load_reference()
    may = TenderFactory(active=True)
    agency = bidder(may.item)
    other = TenderFactory(active=True, buyer=may.buyer)  # it has nothing for its item
    client = Client()
    client.force_login(party(agency, Role.AGENCY_MANAGER).user)

    everything, _count = found(client, "")
    mine, few = found(client, "mine=1")
    more = [TenderFactory(active=True, buyer=may.buyer, item=may.item) for _n in range(3)]
    grown, many = found(client, "mine=1")

    assert set(everything) == {may.code, other.code}
    assert mine == [may.code]
    assert set(grown) == {may.code, *(one.code for one in more)}
    assert many == few


def test_who_is_no_agency_is_asked_to_log_in_or_told_so() -> None:
    load_reference()
    order = TenderFactory(active=True)
    owner = Client()
    owner.force_login(party(BuyerFactory().organization, Role.BUYER_MANAGER).user)

    answer = Client().get("/tenders/?mine=1")
    page = owner.get("/tenders/?mine=1")

    assert answer.headers["Location"] == "/accounts/login/?next=/tenders/%3Fmine%3D1"
    assert [row.code for row in page.context["tenders"]] == [order.code]
    assert "没有以入驻机构的身份办理" in page.content.decode()


def test_the_catalogue_is_narrowed_by_words_and_class_and_says_what_is_near() -> None:
    item = ServiceItemFactory(published=True, name="水土保持方案编制")
    other = ServiceItemFactory(published=True, name="地形图测绘")
    code = item.service_class.code

    page = Client().get("/items/", {"q": "水土", "class": code})
    nothing = Client().get("/items/", {"q": "飞碟", "class": code})
    listed = PUBLIC_SEARCHES["items"].found(QueryDict("q=测绘"), NOON).filtered()

    assert [row.code for group in page.context["groups"] for row in group.items] == [item.code]
    assert nothing.context["nearest"].label == "飞碟"
    assert list(listed) == [other]


def test_a_decided_complaint_is_followed_by_its_title_and_by_what_came_of_it() -> None:
    load_reference()
    decided = DisputeFactory(decided=True)
    DisputeFactory(tender=decided.tender, undecided=True)
    search = PUBLIC_SEARCHES["disputes"]

    rows = search.found(QueryDict(f"q={decided.number}"), NOON)
    everything = search.found(QueryDict(""), NOON)

    [listed] = search.newest_first(rows, 9)
    assert (listed.key, listed.title, listed.text, listed.at) == (
        *(decided.number, decided.title, decided.respondent.name),
        NOON,
    )
    assert [one.key for one in search.newest_first(everything, 9)] == [decided.number]
    [change] = search.changed(search.rows(), NOON, 9, NOON)
    assert (change.key, change.word, change.at) == (decided.number, "已作出处理决定", NOON)
    assert list(search.changed(search.rows(), NOON, 9, NOON + timedelta(seconds=1))) == []
