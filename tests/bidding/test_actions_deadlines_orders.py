"""The provisional deadlines of an order, computed again when a year is published."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from bidding.actions.bids import submit_bid
from bidding.actions.tenders import evaluate_tender, publish_tender
from bidding.actions.tenders.endings import fail_tender
from bidding.models import Tender
from bidding.models.deadlines import OrderDeadline
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.deadlines import Settled
from marketplace.kernel.due import settle_deadlines
from marketplace.kernel.models import AuditEntry
from marketplace.models import Message
from tests.bidding.new_year import KIND, LOADED, NEW_YEAR, YEAR_END, day, publish_2027, told
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.deadlines import settle_one
from tests.factories.bidding import (
    GRACE,
    BidFactory,
    TenderFactory,
    bidder,
    load_reference,
)
from tests.factories.marketplace import AuthorityFactory, UserFactory, party

pytestmark = pytest.mark.django_db


def published() -> Tender:
    load_reference()
    tender = publish_tender(tender=TenderFactory(reviewed=True), by=UserFactory(), at=YEAR_END)
    assert (tender.tender_period_end, tender.is_end_provisional) == (day(1, 5), True)
    return tender


def test_the_sign_up_and_the_opening_move_behind_a_holiday_and_those_concerned_are_told() -> None:
    tender = published()
    buyer, agency = tender.buyer, bidder(tender.item)
    for one in (buyer, agency, bidder(tender.item)):
        party(one, "buyer_manager" if one == buyer else "agency_manager")
    submit_bid(tender=tender, agency=agency, amount=Decimal(90000), by=UserFactory(), at=YEAR_END)
    publish_2027(NEW_YEAR)

    assert settle_deadlines(LOADED) == [
        Settled(tender.code, "tender.sign_up", day(1, 5), day(1, 6), is_provisional=False)
    ]

    tender.refresh_from_db()
    assert (tender.tender_period_end, tender.is_end_provisional) == (day(1, 6), False)
    assert tender.opening_at == day(1, 6) + timedelta(seconds=60)
    assert told() == sorted([buyer.name, agency.name])
    message = Message.objects.filter(kind=KIND).first()
    assert message.subject == f"采购 {tender.code} 的报名截止已重新计算"
    assert "由暂定的 2027年1月4日 24:00 改为 2027年1月5日 24:00。" in message.body
    entry = AuditEntry.objects.get(verb="tender.deadline_settled")
    assert (entry.by, entry.at, entry.before, entry.after) == (None, LOADED, "active", "active")
    assert entry.data == {
        "deadline": "tender.sign_up",
        "announced": day(1, 5).isoformat(),
        "settled": day(1, 6).isoformat(),
        "is_provisional": False,
    }
    assert settle_deadlines(LOADED) == []


def test_a_make_up_day_does_not_take_days_from_a_published_deadline() -> None:
    tender = published()
    publish_2027(makeup=date(2027, 1, 2))

    [found] = settle_deadlines(LOADED)

    tender.refresh_from_db()
    assert not found.has_moved
    assert (tender.tender_period_end, tender.is_end_provisional) == (day(1, 5), False)
    assert told() == []
    assert AuditEntry.objects.filter(verb="tender.deadline_settled").count() == 1


def test_while_the_year_is_not_published_the_deadline_stays_provisional() -> None:
    tender = published()

    assert settle_deadlines(LOADED) == []

    tender.refresh_from_db()
    assert (tender.tender_period_end, tender.is_end_provisional) == (day(1, 5), True)
    assert not AuditEntry.objects.filter(verb="tender.deadline_settled").exists()


def test_a_sign_up_that_has_ended_stays_as_it_was() -> None:
    tender = published()
    publish_2027(NEW_YEAR)

    assert settle_deadlines(day(1, 5)) == []
    with refused("deadline_still_runs"):
        settle_one(OrderDeadline.SIGN_UP, tender, day(1, 5))


def test_a_sign_up_that_was_sure_is_refused() -> None:
    tender = TenderFactory(active=True)

    with refused("deadline_is_provisional"):
        settle_one(OrderDeadline.SIGN_UP, tender, NOON)


def opened() -> Tender:
    tender = TenderFactory(closed=True, tender_period_end=YEAR_END, opening_at=YEAR_END)
    BidFactory(tender=tender)
    load_reference()
    evaluate_tender(tender=tender, at=datetime(2026, 12, 31, 10, tzinfo=CHINA))
    tender.refresh_from_db()
    return tender


def test_the_time_for_the_registration_moves_with_its_reminder_and_the_officers_are_told() -> None:
    office = party(AuthorityFactory(), "operator")
    tender = opened()
    assert (tender.register_due_at, tender.is_register_due_provisional) == (day(1, 2), True)
    at = datetime(2026, 12, 31, 12, tzinfo=CHINA)
    publish_2027(NEW_YEAR)

    assert settle_deadlines(at) == [
        Settled(tender.code, "tender.registration", day(1, 2), day(1, 5), is_provisional=False)
    ]

    tender.refresh_from_db()
    assert (tender.register_due_at, tender.is_register_due_provisional) == (day(1, 5), False)
    assert tender.deadline(OrderDeadline.REGISTRATION).acts_at == day(1, 5) + GRACE
    message = Message.objects.get(kind=KIND)
    assert (message.user, message.url) == (office.user, f"/operator/tenders/{tender.slug}/")
    assert message.subject == f"采购 {tender.code} 的登记期限已重新计算"
    assert AuditEntry.objects.get(verb="tender.deadline_settled").data["deadline"] == (
        "tender.registration"
    )


def test_a_registration_that_is_due_or_done_is_not_moved() -> None:
    tender = opened()
    publish_2027(NEW_YEAR)

    with refused("deadline_still_runs"):
        settle_one(OrderDeadline.REGISTRATION, tender, day(1, 2))
    fail_tender(tender, reasons="无人中选。", by=None, at=YEAR_END)
    with refused("deadline_still_runs"):
        settle_one(OrderDeadline.REGISTRATION, tender, YEAR_END)
