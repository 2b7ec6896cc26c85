"""What one process decides the other shows at its next request; what is sealed shows nowhere."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bidding.actions.bids import submit_bid, withdraw_bid
from bidding.models import Bid
from marketplace.kernel.known import read_version
from marketplace.models import Membership
from marketplace.web.pages_kept import kept_pages
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder, load_reference
from tests.factories.marketplace import UserFactory, party
from tests.other_process import OtherProcess

APPS = ("marketplace", "credit", "bidding", "cms", "search")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _site(transactional_db: None) -> None:
    load_reference()


def shown(path: str) -> str:
    return Client().get(path).content.decode()


def shown_twice(path: str, other: OtherProcess) -> str:
    """Ask both processes twice, so that both have kept the page; return it."""
    hits, others = kept_pages.hits, other.hits()
    pages = {shown(path), shown(path), other.get(path), other.get(path)}
    assert (kept_pages.hits - hits, other.hits() - others) == (1, 1)
    return pages.pop()


def test_a_sanction_shows_at_the_very_next_request(other: OtherProcess) -> None:
    agency = bidder(name="南昌甲咨询公司")
    assert agency.name not in shown_twice("/credit/", other)

    number = other.act("restrict", organization=agency.pk)

    for page in (shown("/credit/"), other.get("/credit/")):
        assert agency.name in page
    assert number


def test_an_award_shows_at_the_very_next_request(other: OtherProcess) -> None:
    tender = TenderFactory(complete=True, title="等待中选的项目")
    assert tender.title not in shown_twice("/awards/", other)

    winner = other.act("award", tender=tender.pk)

    for page in (shown("/awards/"), other.get("/awards/")):
        assert winner in page


def test_a_notice_shows_at_the_very_next_request(other: OtherProcess) -> None:
    call_command("load_pages", at=NOON, verbosity=0)
    assert "系统维护" not in shown_twice("/notices/", other)

    other.act("publish_notice", title="系统维护")

    for page in (shown("/notices/"), other.get("/notices/")):
        assert "系统维护" in page


def test_a_rule_shows_at_the_very_next_request(other: OtherProcess) -> None:
    assert "733 个工作日" not in shown_twice("/rules/", other)

    other.act("change_rule", value="733")

    for page in (shown("/rules/"), other.get("/rules/")):
        assert "733" in page


def test_what_is_kept_below_a_page_shows_it_at_the_very_next_request(
    settings: Any, other: OtherProcess
) -> None:
    """Rows, keys, counts and parts are kept where no page is: of lists, the home page, an order."""
    settings.KEPT_PAGES_BYTES = 0
    call_command("load_pages", at=NOON, verbosity=0)
    other.act("keep_no_page")
    tender = TenderFactory(complete=True, title="等待中选的项目")
    paths = ("/", "/tenders/", "/awards/", f"/tenders/{tender.code}/")
    first = {path: shown(path) for path in paths}
    with CaptureQueriesContext(connection) as captured:
        assert {path: shown(path) for path in paths} == first
    assert {path: other.get(path) for path in paths} == first
    assert not [query for query in captured if ' FROM "bidding_tender"' in query["sql"]]

    other.act("publish_order", title="刚刚发布的项目")
    winner = other.act("award", tender=tender.pk)

    for ask in (shown, other.get):
        home, orders, awards, page = map(ask, paths)
        assert "刚刚发布的项目" in home
        assert "刚刚发布的项目" in orders
        assert "共 <strong>1</strong> 项采购" in first["/tenders/"]
        assert "共 <strong>2</strong> 项采购" in orders
        assert winner in awards
        assert winner in page
    assert winner not in first[paths[-1]]


def test_a_bid_moves_neither_version_nor_tag_size_or_statements(client: Client) -> None:
    call_command("load_pages", at=NOON, verbosity=0)
    tender, by = TenderFactory(active=True), UserFactory()
    client.force_login(party(tender.buyer, Membership.Role.BUYER_MANAGER).user)
    agency = bidder(tender.item)
    paths = ("/tenders/", f"/tenders/{tender.code}/", "/agencies/", "/awards/", "/")

    def seen() -> list[tuple[object, ...]]:
        found: list[tuple[object, ...]] = [(read_version(),)]
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                page = Client().get(path)
            assert page["Cache-Control"] == "no-cache", path
            found.append((path, page["ETag"], len(page.content), len(captured)))
        with CaptureQueriesContext(connection) as captured:
            page = client.get(f"/tenders/{tender.code}/")  # in parts, for who is signed in
        found.append((len(page.content), len(captured)))
        return found

    seen()

    def bids(amount: int) -> Bid:
        return submit_bid(tender=tender, agency=agency, amount=Decimal(amount), by=by, at=NOON)

    before, kept = seen(), kept_pages.figures()["pages"]
    bid = bids(88000)
    assert seen() == before
    bids(87000)
    assert seen() == before
    withdraw_bid(bid=bid, by=by, at=NOON)
    assert seen() == before
    bids(86000)
    assert seen() == before
    lists = 3  # whose parts are kept for readers with a session too
    assert kept == len(paths) + lists
    assert before[1][-1] == 1


def test_no_act_reads_at_a_version(client: Client) -> None:
    """A form that is sent reads rows: the version is read where something is only shown."""
    with CaptureQueriesContext(connection) as captured:
        client.post("/workbench/switch/", {"organization": "x"})

    assert not [query for query in captured if "marketplace_publicchange" in query["sql"]]


def test_only_who_reads_a_request_reads_at_a_version() -> None:
    """An act that had a version would read what is kept, and not its rows."""
    names = re.compile(r"\b(at_version|asking_once)\(")
    modules = [path for app in APPS for path in Path(app).rglob("*.py")]

    using = {str(path) for path in modules if names.search(path.read_text(encoding="utf-8"))}

    assert using == {
        "marketplace/kernel/known.py",
        "marketplace/middleware.py",
        "marketplace/project/kept.py",
    }
