"""The hall over HTTP: everybody watches numbers, who has a seat quotes, once for each form."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from bidding.models import Quote
from marketplace.kernel.due import run_due
from tests.bidding.halls import in_session, quotes
from tests.factories.bidding import OPENING, TenderFactory, bidder
from tests.factories.marketplace import Role
from tests.journeys.reader import Reader, reader

SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def at_session():
    with time_machine.travel(OPENING + 10 * SECOND, tick=False) as traveller:
        yield traveller


@pytest.fixture
def hall(at_session):
    tender, seats = in_session(3)
    return tender, seats, f"/tenders/{tender.code}/hall/"


def test_everybody_sees_price_and_numbers_and_no_name(hall):
    tender, (one, _two, _three), page = hall
    quotes(one, "91234.50", 5)

    shown = Reader().opens(page)

    for said in ("¥91,234.50", "玖万壹仟贰佰叁拾肆元伍角", "编号", "正在竞价", "04:55"):
        assert said in shown
    assert one.bid.agency.name not in shown
    assert "hall-form" not in shown
    assert f'href="{page}"' in Reader().opens(f"/tenders/{tender.code}/")


def test_a_page_of_an_open_hall_is_drawn_anew_for_everybody(hall):
    _tender, (one, two, _three), page = hall
    quotes(one, 90_000, 5)
    assert "¥90,000.00" in Reader().opens(page)

    quotes(two, 80_000, 6)

    assert "¥80,000.00" in Reader().opens(page)


def test_who_asks_instead_of_listening_is_told_the_same(hall, client):
    _tender, (one, two, _three), page = hall
    quotes(one, 90_000, 5)
    quotes(two, 80_000, 6)

    told = client.get(f"{page}events.json?after=1").json()

    assert told["hall"]["phase"] == "open"
    assert [quote["amount"] for quote in told["quotes"]] == ["80000.00"]
    assert client.get(f"{page}events.json?after=x").json()["quotes"][0]["number"] == 1
    assert client.get("/tenders/JX000000-2026-00000/hall/events.json").status_code == 404


def test_an_order_without_a_hall_has_no_page_of_one(client, at_session):
    tender = TenderFactory(active=True)

    assert client.get(f"/tenders/{tender.code}/hall/").status_code == 404


def test_a_bidder_confirms_a_quote_in_figures_and_capitals(hall):
    _tender, (one, two, _three), page = hall
    person = reader(one.bid.agency, Role.AGENCY_MANAGER)
    assert 'value="98800.00"' in person.opens(page)

    asked = person.opens(f"{page}quote/?amount=88800")
    assert "捌万捌仟捌佰元整" in asked
    sent = person.sends(f"{page}quote/", amount="88800", price="", key=key_of(asked))

    quote = Quote.objects.get()
    assert (quote.number, quote.seat, quote.quoted_by) == (1, one, person.user)
    assert quote.quoted_at == OPENING + 10 * SECOND
    assert "第 1 次报价已记录：¥88,800.00" in sent

    person.sends(f"{page}quote/", amount="88800", price="", key=key_of(asked))
    assert Quote.objects.count() == 1
    quotes(two, 80_000, 10)
    assert "您已被超过，当前最低 ¥80,000.00" in person.opens(page)
    refused = person.sends(
        f"{page}quote/", 422, amount="70000", price="88800.00", key=key_of(person.opens(page))
    )
    assert "现在最低 ¥80,000.00" in refused
    assert Quote.objects.count() == 2


def test_where_rates_are_quoted_a_bidder_confirms_a_rate_and_its_amount(at_session):
    tender, (one, _two) = in_session(2, quote="rate", floor=Decimal(72_000))
    page = f"/tenders/{tender.code}/hall/"
    person = reader(one.bid.agency, Role.AGENCY_MANAGER)
    assert 'value="5.60"' in person.opens(page)

    asked = person.opens(f"{page}quote/?amount=11.2")
    assert "¥88,800.00（下浮 11.20%）" in asked
    assert "捌万捌仟捌佰元整" in asked
    sent = person.sends(f"{page}quote/", amount="11.2", price="", key=key_of(asked))

    assert Quote.objects.get().amount == 88_800
    assert "第 1 次报价已记录：¥88,800.00（下浮 11.20%）" in sent
    assert "下浮 11.20%" in Reader().opens(page)


def key_of(page: str) -> str:
    found = re.search(r'name="key"\s+value="([^"]+)"', page)
    assert found
    return found[1]


def test_who_has_no_seat_is_told_so(hall):
    tender, _seats, page = hall
    stranger = reader(bidder(tender.item), Role.AGENCY_MANAGER)

    shown = stranger.opens(f"{page}quote/?amount=x")
    refused = stranger.sends(f"{page}quote/", 422, amount="90000", price="", key=key_of(shown))

    assert "贵单位没有参加这次竞价" in refused
    assert not Quote.objects.exists()


def test_after_the_end_the_record_names_everybody(hall, at_session):
    tender, (one, _two, _three), page = hall
    quotes(one, 90_000, 5)
    at_session.move_to(OPENING + 400 * SECOND, tick=False)
    run_due(OPENING + 400 * SECOND)

    shown = Reader().opens(page)

    assert one.bid.agency.name in shown
    assert f"/tenders/{tender.code}/verify/" in shown
    assert "竞价记录" in Reader().opens(f"/tenders/{tender.code}/")
