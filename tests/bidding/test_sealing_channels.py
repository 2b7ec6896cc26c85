"""
Before the opening nobody but the bidder learns of a bid, by any channel.

Every channel is read before and after one bid is made: what does not change tells no amount, no
name, no time and no count. What may change (the bidder's own pages and mail) is read as well.
"""

from __future__ import annotations

import logging
import re
from datetime import datetime
from decimal import Decimal

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.db import transaction

from bidding.actions.bids import submit_bid
from bidding.models import Bid, Tender
from credit.actions import decide_case
from credit.models import Case
from marketplace.addresses import confirm_address
from marketplace.kernel.due import run_due
from marketplace.kernel.models import AuditEntry, Effect
from marketplace.models import Message, Organization, User
from marketplace.parties import Party
from search.models import SearchEntry
from tests.clock import NOON
from tests.factories.bidding import DEADLINE, OPENING, TenderFactory, bidder
from tests.factories.credit import ONE_DAY, notice
from tests.factories.marketplace import AuthorityFactory, Role, UserFactory, division, party
from tests.journeys.reader import Reader, reader, reader_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

AMOUNT = Decimal("81234.56")
WRITTEN = ("81234.56", "81,234.56", "8.123456", "8123456")
BIDDER = "江西密封咨询有限公司"
# what differs between two requests for the same page
NOISE = re.compile(r'((name="(csrfmiddlewaretoken|key)" value)|nonce|"X-CSRFToken")(=|: )"[^"]*"')

ORDER = (
    *("/tenders/{code}/", "/tenders/", "/tenders/?q={code}", "/tenders.csv"),
    *("/search/?q={code}", "/items/{item}/"),
)
PUBLIC = (
    *(*ORDER, "/", "/awards/", "/items/", "/agencies/", "/agencies/{bidder}/", "/credit/"),
    *("/search/?q={name}", "/search/?q=81234.56", "/rules/"),
)
BUYER = (
    *(*ORDER, "/workbench/", "/inbox/", "/contracts/"),
    *("/buyer/tenders/", "/buyer/tenders/{slug}/"),
)
OPERATOR = (
    *(*ORDER, "/workbench/", "/inbox/", "/operator/admissions/"),
    *("/operator/tenders/", "/operator/tenders/?queue=open", "/operator/tenders/{slug}/"),
)
REGULATOR = (
    *(*ORDER, "/workbench/", "/inbox/", "/agencies/{bidder}/"),
    *("/regulator/cases/", "/regulator/standing/", "/regulator/cases/new/?agency={bidder}"),
)
COMPETITOR = (
    *(*ORDER, "/workbench/", "/inbox/", "/agency/matches/", "/agency/bids/", "/contracts/"),
    *("/tenders/{code}/bid/", "/credit/record/", "/agencies/{bidder}/"),
)
CHANNELS = {
    "public": PUBLIC,
    "buyer": BUYER,
    "operator": OPERATOR,
    "regulator": REGULATOR,
    "inspector": REGULATOR[:-1],
    "competitor": COMPETITOR,
}
CLOSED = (
    "/tenders/{code}/verify/",
    "/tenders/{code}/evidence.json",
    "/tenders/{code}/letter/",
    "/tenders/{code}/bid/withdraw/",
    "/contracts/{slug}/",
)


@pytest.fixture(autouse=True)
def _nothing_is_cached() -> None:
    cache.clear()


@pytest.fixture
def tender() -> Tender:
    made: Tender = TenderFactory(active=True)
    return made


@pytest.fixture
def agency(tender: Tender) -> Party:
    """The bidder; its people have an address of their own."""
    user = UserFactory(email="bidder@example.test")
    return party(bidder(tender.item, name=BIDDER), Role.AGENCY_MANAGER, user=user)


@pytest.fixture
def readers(tender: Tender) -> dict[str, Reader]:
    """One of each who may look at an order without having bid."""
    authority = AuthorityFactory(division=division("360000"))
    return {
        "public": Reader(),
        "buyer": reader(tender.buyer, Role.BUYER_MANAGER),
        "operator": reader(authority, Role.OPERATOR),
        "regulator": reader(authority, Role.REGULATOR),
        "inspector": reader(authority, Role.INSPECTOR),
        "competitor": reader(bidder(tender.item, name="江西旁观咨询有限公司"), Role.AGENCY_MANAGER),
    }


def path(channel: str, tender: Tender, agency: Organization) -> str:
    return channel.format(
        code=tender.code,
        slug=tender.slug,
        item=tender.item.code,
        bidder=agency.slug,
        name=agency.name,
    )


def pages(
    who: Reader, channels: tuple[str, ...], tender: Tender, agency: Organization
) -> dict[str, str]:
    """Return what each channel shows, without what differs at every request."""
    shown = {}
    for channel in channels:
        text = who.opens(path(channel, tender, agency))
        shown[channel] = NOISE.sub("", text)
    return shown


def seal(tender: Tender, agency: Party, at: datetime = NOON) -> Bid:
    """Make the bid and carry out whatever follows from it."""
    made = submit_bid(
        tender=tender, agency=agency.organization, amount=AMOUNT, by=agency.user, at=at
    )
    run_due(at)
    return made


def leaks(text: str, bid: Bid) -> list[str]:
    """Return what of the bid stands in `text`."""
    return [secret for secret in (*WRITTEN, bid.slug) if secret in text]


# --- Pages ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", CHANNELS)
def test_no_page_of_another_reader_changes_with_a_bid(
    who: str, readers: dict[str, Reader], tender: Tender, agency: Party
) -> None:
    one, channels = readers[who], CHANNELS[who]
    run_due(NOON)
    one.opens("/workbench/" if one.username else "/")  # the first visit may greet
    before = pages(one, channels, tender, agency.organization)

    bid = seal(tender, agency)

    after = pages(one, channels, tender, agency.organization)
    assert [channel for channel in channels if after[channel] != before[channel]] == []
    assert {channel: leaks(text, bid) for channel, text in after.items()} == {
        channel: ["81234.56"] if channel.endswith("81234.56") else [] for channel in channels
    }
    orders = [after[channel] for channel in channels if channel in ORDER]
    assert [text for text in orders if BIDDER in text] == []


@pytest.mark.parametrize("channel", CLOSED)
def test_what_belongs_to_the_opening_is_not_there_yet(
    channel: str, readers: dict[str, Reader], tender: Tender, agency: Party
) -> None:
    seal(tender, agency)

    for name in ("public", "buyer", "operator", "competitor"):
        is_for_parties = "/bid/" in channel or channel.startswith("/contracts/")
        status = 302 if name == "public" and is_for_parties else 404
        text = readers[name].opens(path(channel, tender, agency.organization), status)
        assert BIDDER not in text


def test_the_bidder_itself_sees_that_it_bids(tender: Tender, agency: Party) -> None:
    seal(tender, agency)
    one = reader_of(agency)

    for channel in ("/tenders/{code}/bid/", "/agency/bids/"):
        page = one.opens(path(channel, tender, agency.organization))
        assert ("已密封" in page, "81,234.56" in page) == (True, False)


def test_the_bidders_own_pages_do_change(tender: Tender, agency: Party) -> None:
    own = ("/tenders/{code}/bid/", "/agency/bids/", "/inbox/", "/credit/record/")
    one = reader_of(agency)
    pages(one, own, tender, agency.organization)
    before = pages(one, own, tender, agency.organization)

    seal(tender, agency)

    after = pages(one, own, tender, agency.organization)
    assert [channel for channel in own if after[channel] == before[channel]] == []


def test_after_the_opening_the_order_page_shows_the_bid_to_everybody(
    tender: Tender, agency: Party
) -> None:
    seal(tender, agency)

    with time_machine.travel(OPENING, tick=False):
        run_due(OPENING)
        shown = Reader().opens(f"/tenders/{tender.code}/")
        evidence = Reader().opens(f"/tenders/{tender.code}/evidence.json")

    assert "81,234.56" in shown
    assert BIDDER in shown
    assert "81234.56" in evidence


def test_between_the_deadline_and_the_opening_the_bid_is_still_sealed(
    tender: Tender, agency: Party
) -> None:
    bid = seal(tender, agency)

    with time_machine.travel(DEADLINE, tick=False):
        run_due(DEADLINE)
        shown = Reader().opens(f"/tenders/{tender.code}/")

    assert leaks(shown, bid) == []
    assert BIDDER not in shown


def test_an_order_that_fails_keeps_its_bid_sealed_for_good() -> None:
    tender = TenderFactory(active=True, fund=Tender.Fund.STATE_OWNED)
    agency = party(bidder(tender.item, name="江西独家咨询有限公司"), Role.AGENCY_MANAGER)
    bid = seal(tender, agency)

    with time_machine.travel(OPENING, tick=False):
        run_due(OPENING)
        shown = Reader().opens(f"/tenders/{tender.code}/")

    assert Tender.objects.get().status == "unsuccessful"
    assert leaks(shown, bid) == []
    assert "江西独家咨询有限公司" not in shown


def after_the_decision(
    case: Case, officer: User, tender: Tender, readers: dict[str, Reader]
) -> str:
    """Sanction the bidder, and return what everybody may read of it, without its random address."""
    restriction = decide_case(case=case, reasons="事实清楚。", by=officer, at=NOON)
    run_due(NOON)
    channels = ("/credit/", f"/credit/decisions/{restriction.slug}/", *ORDER, "/agencies/{bidder}/")
    inside = (*channels, f"/regulator/cases/{case.slug}/", "/regulator/standing/", "/inbox/")
    shown = [
        *pages(readers["public"], channels, tender, case.organization).values(),
        *pages(readers["buyer"], (*channels, "/inbox/"), tender, case.organization).values(),
        *pages(readers["regulator"], inside, tender, case.organization).values(),
        *pages(readers["competitor"], (*channels, "/inbox/"), tender, case.organization).values(),
    ]
    return "".join(shown).replace(restriction.slug, "")


def test_a_sanction_tells_nobody_whether_it_has_ended_a_bid(
    tender: Tender, agency: Party, readers: dict[str, Reader]
) -> None:
    authority = readers["regulator"].organization
    case = notice(organization=agency.organization, authority=authority, at=NOON - 30 * ONE_DAY)
    officer = UserFactory()
    for one in readers.values():
        one.opens("/tenders/")
    run_due(NOON)

    world = transaction.savepoint()
    without = after_the_decision(case, officer, tender, readers)
    transaction.savepoint_rollback(world)
    seal(tender, agency)
    after = after_the_decision(case, officer, tender, readers)

    assert Bid.objects.get().status == "ended"
    assert after == without
    assert agency.organization.name in after


# --- Mail, records, indexes, logs -----------------------------------------------------------------
def test_only_the_bidder_is_written_to_and_no_letter_names_the_amount(
    tender: Tender, agency: Party, readers: dict[str, Reader]
) -> None:
    confirm_address(agency.user)
    run_due(NOON)
    mail.outbox.clear()

    bid = seal(tender, agency)

    assert [letter.to for letter in mail.outbox] == [["bidder@example.test"]]
    assert leaks("".join(f"{one.subject}{one.body}" for one in mail.outbox), bid) == []
    assert [one.user for one in Message.objects.all()] == [agency.user]
    assert leaks("".join(one.body for one in Message.objects.all()), bid) == []


def test_the_open_part_of_the_audit_and_the_search_index_know_nothing(
    tender: Tender, agency: Party
) -> None:
    run_due(NOON)
    indexed = list(SearchEntry.objects.order_by("pk").values())

    seal(tender, agency)

    assert not AuditEntry.objects.filter(is_sealed=False).exists()
    assert [str(AMOUNT) in str(one.data) for one in AuditEntry.objects.all()] == [False]
    assert list(SearchEntry.objects.order_by("pk").values()) == indexed
    assert [one for one in Effect.objects.all() if leaks(str(one.payload), Bid.objects.get())] == []


def test_no_row_names_bidder_or_amount_when_it_is_printed(tender: Tender, agency: Party) -> None:
    models = [
        model
        for label in ("marketplace", "credit", "bidding", "search")
        for model in apps.get_app_config(label).get_models()
    ]
    known = {(model, row.pk) for model in models for row in model._default_manager.all()}

    seal(tender, agency)

    rows = [row for model in models for row in model._default_manager.all()]
    new = [row for row in rows if (type(row), row.pk) not in known]
    assert {type(row).__name__ for row in new} >= {"Bid", "Offer", "StandingCheck", "AuditEntry"}
    printed = [f"{row} {row!r}" for row in new]
    assert [text for text in printed if BIDDER in text] == []
    assert [text for text in printed if [figure for figure in WRITTEN if figure in text]] == []


def test_the_log_of_a_request_tells_neither_who_bids_nor_for_what(
    tender: Tender, agency: Party, caplog: pytest.LogCaptureFixture
) -> None:
    one = reader_of(agency)
    one.opens("/workbench/")
    caplog.set_level(logging.DEBUG)
    caplog.clear()

    one.sends(f"/tenders/{tender.code}/bid/", amount="81234.56")
    one.sends(f"/tenders/{tender.code}/bid/", 422, amount="999999999")
    logging.getLogger("django.request").error("%s: %s", "Failed", f"/tenders/{tender.code}/bid/")

    written = "\n".join(f"{record.getMessage()} {record.args}" for record in caplog.records)
    assert leaks(written, Bid.objects.get()) == []
    assert (tender.code in written, BIDDER in written, "user_id" in written) == (False,) * 3
    assert "Failed" in written
