"""What each page asks the database, by the tables it reads from: nothing twice, nothing unnamed."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.cost import names_of
from bidding.models import Award, Tender
from marketplace.models import Membership
from marketplace.web.pages_kept import kept_pages
from marketplace.web.parts_kept import kept_parts
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, BidFactory, TenderFactory, load_reference
from tests.factories.marketplace import (
    AgencyFactory,
    AuthorityFactory,
    QualificationFactory,
    division,
    party,
)

Role = Membership.Role
APPLICATION = "application"
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
    ("", "/rules/"): "deadline division division publicchange rulebookversion rulebookversion",
    ("agency", "/workbench/"): (
        "agency bid case changeproposal contractupload deadline dispute entry entry explanation "
        "invitation offer practitionermove publicchange qualification qualification restriction "
        "seat tender tender"
    ),
    ("agency", "/tenders/"): "deadline publicchange",
    ("agency", "/agency/matches/"): "case publicchange qualification tender tender tender",
    ("agency", "/agency/bids/"): "bid bid case deadline offer publicchange qualification tender",
    ("owner", "/workbench/"): (
        "buyer contractupload dispute entry entry explanation invitation publicchange "
        "pushedproject question restriction tender tender tender tender"
    ),
    ("owner", "/buyer/tenders/"): "deadline publicchange pushedproject tender tender tender",
    ("owner", "/contracts/"): "award award award publicchange",
    ("officer", "/workbench/"): (
        "agency agency buyer changeproposal deadline deadline deadline dispute dispute factorreset "
        "invitation invitation keyshare pastperformance practitionermove publicchange tender "
        "tender"
    ),
    ("officer", "/operator/tenders/"): "agency changeproposal publicchange tender tender",
    ("officer", "/operator/admissions/"): (
        "agency agency agency assignment changeproposal deadline publicchange tender"
    ),
    ("manager", "/workbench/"): (
        "article case case cataloguelist dispute factorreset invitation invitation keyshare law "
        "listfault membership parameter parameter publicchange restriction ruleproposal "
        "serviceclass serviceitem trailcheck"
    ),
    ("manager", "/manager/rules/"): (
        "case cataloguelist publicchange ruleproposal ruleproposal ruleproposal"
    ),
    ("", "/laws/{law}/"): (
        "article case deadline law lawversion parameter publicchange restriction serviceclass "
        "serviceitem"
    ),
    ("", "/agencies/{agency}/"): (
        "award award case contract deadline entry entry evaluation evaluation inspection "
        "organization pastperformance practitioner publicchange qualification registerentry "
        "restriction"
    ),
    ("", "/items/{item}/"): (
        "approvaldeliverable deadline listchange publicchange serviceitem serviceitem "
        "serviceitempage"
    ),
    ("", "/classes/{service_class}/"): (
        "deadline organization publicchange serviceclass serviceitem"
    ),
    ("", "/places/{place}/"): "deadline division division publicchange",
    ("", "/owners/{owner}/"): (
        "case contract deadline entry evaluation organization publicchange "
        "tender tender tender tender"
    ),
    ("", "/approvals/"): "approval deadline publicchange",
    ("", "/complaints/"): "deadline dispute dispute dispute dispute dispute publicchange",
    ("", "/inspections/"): "deadline inspectionplan publicchange",
    ("", "/statistics/"): "deadline publicchange",
    ("", "/statistics/prices/"): "deadline publicchange",
    ("", "/statistics/rankings/"): "deadline publicchange",
    ("agency", "/contracts/"): "award case publicchange qualification tender",
    ("agency", "/inbox/"): "case emailaddress message publicchange qualification tender",
    ("agency", "/disputes/"): "case dispute publicchange qualification tender",
    ("agency", "/saved/"): "case publicchange qualification savedsearch tender",
    ("agency", "/agency/inspections/"): "case inspection publicchange qualification tender",
    ("agency", "/admission/changes/"): (
        "agency case changeproposal membership practitioner publicchange qualification "
        "qualification registerentry tender"
    ),
    ("agency", "/credit/record/"): (
        "case case division entry entry parameter publicchange qualification reportedfact "
        "restriction rulebookversion tender"
    ),
    ("agency", "/credit/record/score/"): (
        "case division entry entry parameter publicchange qualification restriction tender"
    ),
    ("owner", "/buyer/templates/"): "ordertemplate ordertemplate publicchange",
    ("officer", "/operator/changes/"): (
        "agency changeproposal changeproposal changeproposal changeproposal publicchange tender"
    ),
    ("officer", "/operator/performance/"): (
        "agency changeproposal pastperformance publicchange tender"
    ),
    ("officer", "/operator/moves/"): "agency changeproposal practitionermove publicchange tender",
    ("officer", "/operator/owners/"): "agency buyer buyer buyer changeproposal publicchange tender",
    ("officer", "/operator/reports/"): "agency changeproposal publicchange report report tender",
    ("officer", "/operator/disputes/"): "agency changeproposal dispute publicchange tender",
    ("officer", "/expert-pool/"): "agency changeproposal expert publicchange tender",
    ("regulator", "/workbench/"): (
        "case case case correction dispute dispute factorreset finding inspection invitation "
        "invitation keyshare publicchange reportedfact"
    ),
    ("regulator", "/regulator/cases/"): (
        "case case case case correction finding publicchange reportedfact"
    ),
    ("regulator", "/regulator/cases/board/"): (
        "case case case case case case case case case case case case case deadline publicchange"
    ),
    ("regulator", "/regulator/standing/"): (
        "case entry entry organization publicchange restriction restriction"
    ),
    ("regulator", "/regulator/agencies/{agency}/"): (
        "award award case case contract entry entry evaluation finding inspection organization "
        "practitioner publicchange qualification reportedfact restriction standingcheck "
        "standingcheck standingcheck"
    ),
    ("manager", "/manager/catalogue/"): (
        "approval article case cataloguelist cataloguelist cataloguelist law publicchange "
        "refuseditem ruleproposal serviceclass serviceitem serviceitem serviceitem serviceitem"
    ),
    ("", "/reports/new/"): "division publicchange",
    ("", "/privacy/"): "deadline publicchange",
    ("agency", "/admission/"): (
        "agency agencypaper case deadline fieldsource practitioner publicchange qualification "
        "qualification qualification restriction restriction tender"
    ),
    ("agency", "/agency/items/"): "case publicchange qualification serviceitem tender",
    ("agency", "/members/"): (
        "buyer case factorreset invitation invitation membership membership publicchange "
        "qualification tender"
    ),
    ("agency", "/tenders/{order}/"): (
        "amendment auditentry avoidedagency deadline deadline deadline dispute exemption offer "
        "publicchange question tender tenderpaper witness"
    ),
    ("agency", "/admission/performance/"): (
        "agency agencypaper case pastperformance practitioner publicchange qualification "
        "qualification tender"
    ),
    ("owner", "/buyer/facts/"): "buyer division organization publicchange tender",
    ("owner", "/members/"): "factorreset invitation invitation membership membership publicchange",
    ("officer", "/operator/admissions/{application}/"): (
        "agency agency agency agencypaper assignment changeproposal deadline deadline "
        "fieldsource membership practitioner publicchange qualification restriction tender"
    ),
    ("officer", "/operator/handling/admissions/{application}/"): (
        "agency agency agencypaper assignment changeproposal membership practitioner "
        "publicchange qualification tender"
    ),
    ("manager", "/manager/editors/"): (
        "case cataloguelist department department department group page publicchange "
        "ruleproposal user user_groups"
    ),
    ("manager", "/manager/trail/"): "auditentry case cataloguelist publicchange ruleproposal",
    ("manager", "/manager/authorities/"): (
        "authorityproposal case cataloguelist division organization publicchange ruleproposal"
    ),
    ("regulator", "/regulator/lists/"): "case listedparty listfault listimport publicchange",
}


@pytest.fixture
def readers(transactional_db: None) -> dict[str, Client]:
    load_reference()
    call_command("load_laws", verbosity=0)
    call_command("load_pages", at=NOON, verbosity=0)
    award, bid = AwardFactory(), BidFactory()
    TenderFactory(active=True, buyer=award.tender.buyer)
    TenderFactory(active=True, buyer=award.tender.buyer, item=bid.tender.item)
    QualificationFactory(agency=AgencyFactory(submitted=True, organization__slug=APPLICATION))
    people = {
        "agency": party(bid.agency, Role.AGENCY_MANAGER),
        "owner": party(award.tender.buyer, Role.BUYER_MANAGER),
        "officer": party(AuthorityFactory(), Role.OPERATOR),
        "manager": party(AuthorityFactory(division=division("360000")), Role.MANAGER),
        "regulator": party(AuthorityFactory(), Role.REGULATOR),
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
    award = Award.objects.select_related("tender__item", "bid__agency").get()
    names = names_of(award.tender, award.bid.agency) | {"application": APPLICATION}
    found = {page: asked_by(readers[page[0]], page[1].format(**names)) for page in TABLES}

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
