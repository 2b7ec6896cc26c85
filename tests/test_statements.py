"""What each page asks the database, by the tables it reads from: nothing twice, nothing unnamed."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bidding.models import Tender
from marketplace.models import Membership
from marketplace.web.pages_kept import kept_pages
from marketplace.web.parts_kept import kept_parts
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, BidFactory, TenderFactory, load_reference
from tests.factories.marketplace import AuthorityFactory, party

Role = Membership.Role
FROM = re.compile(r' FROM "?(\w+)"?')
COLUMN = re.compile(r'EXISTS\(SELECT .*?\) AS "')
"""A column that is asked of another table does not name the statement."""
# How a person is known: asked once on every page for who is signed in.
PERSON = ["session", "membership", "message", "permission"]
TABLES: dict[tuple[str, str], str] = {
    ("", "/"): (
        "deadline homepage noticepage page pageviewrestriction publicchange restriction site"
    ),
    ("", "/tenders/"): "deadline publicchange",
    ("", "/awards/"): "deadline publicchange",
    ("", "/tenders/{order}/"): (
        "amendment auditentry avoidedagency deadline deadline deadline dispute exemption offer "
        "publicchange question tender tenderpaper witness"
    ),
    ("", "/items/"): "deadline publicchange",
    ("", "/agencies/"): (
        "award case deadline entry evaluation organization publicchange qualification restriction"
    ),
    ("", "/credit/"): (
        "deadline publicchange restriction restriction restriction restriction restriction "
        "restriction"
    ),
    ("", "/rules/"): ("deadline division division publicchange rulebookversion rulebookversion"),
    ("agency", "/workbench/"): (
        "agency bid case changeproposal contractupload deadline dispute entry entry explanation "
        "invitation offer practitionermove publicchange qualification qualification restriction "
        "seat tender tender"
    ),
    ("agency", "/tenders/"): "deadline publicchange",
    (
        "agency",
        "/agency/matches/",
    ): "case publicchange qualification tender tender tender",
    (
        "agency",
        "/agency/bids/",
    ): "bid bid case deadline offer publicchange qualification tender",
    ("owner", "/workbench/"): (
        "buyer contractupload dispute entry entry explanation invitation publicchange "
        "pushedproject question restriction tender tender tender tender"
    ),
    ("owner", "/buyer/tenders/"): "deadline publicchange pushedproject tender tender tender",
    ("owner", "/contracts/"): "award award award publicchange",
    ("officer", "/workbench/"): (
        "agency agency agency buyer changeproposal changeproposal dispute factorreset "
        "invitation invitation keyshare pastperformance practitionermove publicchange tender tender"
    ),
    ("officer", "/operator/tenders/"): "agency changeproposal publicchange tender",
    (
        "officer",
        "/operator/admissions/",
    ): "agency changeproposal publicchange tender",
    ("manager", "/workbench/"): (
        "article case case dispute factorreset invitation invitation keyshare law lawversion "
        "membership parameter parameter publicchange restriction ruleproposal serviceclass "
        "serviceitem serviceitem serviceitem serviceitem trailcheck"
    ),
    ("manager", "/manager/rules/"): "case publicchange ruleproposal ruleproposal ruleproposal",
}


@pytest.fixture
def readers(transactional_db: None) -> dict[str, Client]:
    load_reference()
    call_command("load_pages", at=NOON, verbosity=0)
    award, bid = AwardFactory(), BidFactory()
    TenderFactory(active=True, buyer=award.tender.buyer)
    TenderFactory(active=True, buyer=award.tender.buyer, item=bid.tender.item)
    people = {
        "agency": party(bid.agency, Role.AGENCY_MANAGER),
        "owner": party(award.tender.buyer, Role.BUYER_MANAGER),
        "officer": party(AuthorityFactory(), Role.OPERATOR),
        "manager": party(AuthorityFactory(), Role.MANAGER),
    }
    clients = {"": Client()}
    for name, one in people.items():
        clients[name] = Client()
        clients[name].force_login(one.user)
    return clients


def asked_by(client: Client, path: str) -> list[tuple[str, str]]:
    """Return the statements of a page that is drawn anew, each with the table it begins with."""
    client.get(path)
    kept_pages.clear()
    kept_parts.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200, path
    found = [query["sql"] for query in captured]
    return [(FROM.findall(COLUMN.sub("", sql))[0].partition("_")[2], sql) for sql in found]


def test_every_page_asks_what_the_table_says_and_nothing_twice(readers: dict[str, Client]) -> None:
    order = Tender.objects.get(awards__isnull=False).code
    found = {page: asked_by(readers[page[0]], page[1].format(order=order)) for page in TABLES}

    twice = {page for page, asked in found.items() if len({sql for _, sql in asked}) < len(asked)}
    tables = {page: sorted(table for table, _sql in asked) for page, asked in found.items()}
    assert twice == set()
    assert tables == {
        page: sorted([*names.split(), *(PERSON if page[0] else [])])
        for page, names in TABLES.items()
    }


def test_a_page_whose_parts_are_kept_asks_for_the_reader_alone(readers: dict[str, Client]) -> None:
    pages = [("", "/tenders/{order}/"), ("owner", "/tenders/{order}/"), ("", "/"), ("owner", "/")]
    order = Tender.objects.get(awards__isnull=False).code
    found = {}
    for reader, page in pages:
        path = page.format(order=order)
        readers[reader].get(path)
        kept_pages.clear()
        with CaptureQueriesContext(connection) as captured:
            readers[reader].get(path)
        tables = [FROM.findall(query["sql"])[0].partition("_")[2] for query in captured]
        found[reader, page] = sorted(set(tables))

    wagtail = ["homepage", "page", "pageviewrestriction", "site"]
    assert found == {
        ("", "/tenders/{order}/"): ["deadline", "publicchange"],
        ("owner", "/tenders/{order}/"): sorted([*PERSON, "publicchange"]),
        ("", "/"): sorted(["deadline", "publicchange", *wagtail]),
        ("owner", "/"): sorted([*PERSON, "publicchange", *wagtail]),
    }
