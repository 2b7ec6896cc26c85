"""The provisional deadlines of an order, computed again when a year's holidays are published."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from bidding.actions.awards import issue_award
from bidding.actions.bids import submit_bid
from bidding.actions.contracts import accept_delivery, deliver, return_delivery
from bidding.actions.ratings import Scores, close_rating, rate
from bidding.actions.tenders import evaluate_tender, publish_tender
from bidding.actions.tenders.endings import fail_tender
from bidding.models import Award, Contract, Deliverable, Tender
from bidding.models.deadlines import OrderDeadline
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.deadlines import Settled
from marketplace.kernel.due import settle_deadlines
from marketplace.kernel.models import AuditEntry, CalendarDay
from marketplace.models import Message
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.deadlines import settle_one
from tests.factories.bidding import (
    GRACE,
    AwardFactory,
    BidFactory,
    ContractFactory,
    TenderFactory,
    bidder,
    load_reference,
)
from tests.factories.deadlines import move_deadline
from tests.factories.marketplace import AuthorityFactory, UserFactory, party
from tests.uploads import upload

pytestmark = pytest.mark.django_db
YEAR_END = datetime(2026, 12, 30, 10, tzinfo=CHINA)
LOADED = datetime(2026, 12, 30, 18, tzinfo=CHINA)
NEW_YEAR = date(2027, 1, 1)
KIND = "bidding/deadline_settled"


def day(month: int, number: int) -> datetime:
    return datetime(2027, month, number, tzinfo=CHINA)


def publish_2027(*holidays: date, makeup: date | None = None) -> None:
    """Publish the year 2027 with these holidays, a make-up day if given, and one at its end."""
    days = dict.fromkeys([*holidays, date(2027, 10, 1)], False)
    if makeup:
        days[makeup] = True
    for one, is_workday in days.items():
        CalendarDay.objects.create(day=one, is_workday=is_workday, name="节日", source="test")


def told() -> list[str]:
    """Return who was told of a new deadline."""
    rows = Message.objects.filter(kind=KIND).order_by("organization__name")
    return list(rows.values_list("organization__name", flat=True))


def published() -> Tender:
    load_reference()
    tender = publish_tender(tender=TenderFactory(reviewed=True), by=UserFactory(), at=YEAR_END)
    assert (tender.tender_period_end, tender.is_end_provisional) == (day(1, 5), True)
    return tender


# --- sign-up --------------------------------------------------------------------------------------
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


# --- registration ---------------------------------------------------------------------------------
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


# --- result ---------------------------------------------------------------------------------------
def pending_award() -> Award:
    load_reference()
    return AwardFactory(published_at=YEAR_END, publicity_ends_at=day(1, 5), is_end_provisional=True)


def test_the_publicity_of_a_result_moves_behind_a_holiday() -> None:
    award = pending_award()
    publish_2027(NEW_YEAR)

    [found] = settle_deadlines(LOADED)

    award.refresh_from_db()
    assert (found.deadline, found.before, found.after) == (
        "award.publicity",
        day(1, 5),
        day(1, 6),
    )
    assert (award.publicity_ends_at, award.is_end_provisional) == (day(1, 6), False)


def test_the_time_for_the_signature_moves_with_its_reminder() -> None:
    award = pending_award()
    party(award.bid.agency, "agency_manager")
    issue_award(award=award, at=day(1, 5))
    award.refresh_from_db()
    assert (award.contract_due_at, award.is_end_provisional) == (day(1, 20), True)
    assert award.deadline(OrderDeadline.SIGNATURE).remind_at == day(1, 18)
    publish_2027(date(2027, 1, 8))

    [found] = settle_deadlines(day(1, 6))

    award.refresh_from_db()
    assert (found.deadline, found.after) == ("award.signature", day(1, 21))
    assert (award.contract_due_at, award.is_end_provisional) == (day(1, 21), False)
    assert award.deadline(OrderDeadline.SIGNATURE).remind_at == day(1, 19)
    assert told() == [award.bid.agency.name]


def test_a_cancelled_result_has_no_deadline() -> None:
    load_reference()
    award = AwardFactory(cancelled=True)
    move_deadline(award, OrderDeadline.PUBLICITY, is_provisional=True)

    with refused("deadline_still_runs"):
        settle_one(OrderDeadline.PUBLICITY, award, YEAR_END)


# --- service --------------------------------------------------------------------------------------
def contract_in_service(**changed: object) -> Contract:
    """Return a contract of eleven working days, signed at the year's end."""
    load_reference()
    return ContractFactory(
        active=True,
        **{
            "signed_at": YEAR_END,
            "service_due_at": day(1, 15),
            "late_from": day(1, 29),
            "is_due_provisional": True,
            **changed,
        },
    )


def delivered(contract: Contract, at: datetime) -> Deliverable:
    return deliver(contract=contract, files=[upload()], note="", by=UserFactory(), at=at)


def test_service_and_tolerance_move_behind_the_holidays_in_each() -> None:
    contract = contract_in_service()
    publish_2027(NEW_YEAR, date(2027, 1, 25))

    [found] = settle_deadlines(LOADED)

    contract.refresh_from_db()
    assert (found.deadline, found.before, found.after) == (
        "contract.service",
        day(1, 15),
        day(1, 16),
    )
    assert (contract.service_due_at, contract.late_from) == (day(1, 16), day(2, 2))
    assert not contract.is_due_provisional


def test_when_the_service_is_due_already_only_the_tolerance_moves() -> None:
    contract = contract_in_service()
    publish_2027(date(2027, 1, 25))

    [found] = settle_deadlines(day(1, 15))

    contract.refresh_from_db()
    assert (found.deadline, found.after) == ("contract.tolerance", day(1, 30))
    assert (contract.service_due_at, contract.late_from) == (day(1, 15), day(1, 30))


def test_the_days_of_a_check_that_ended_in_a_return_are_kept() -> None:
    contract = contract_in_service()
    at = day(1, 6) + timedelta(hours=9)
    made = delivered(contract, day(1, 4) + timedelta(hours=9))
    return_delivery(deliverable=made, reasons="缺图。", by=UserFactory(), at=at)
    contract.refresh_from_db()
    assert (contract.service_due_at, contract.late_from) == (day(1, 19), day(2, 2))
    publish_2027(date(2027, 1, 11))

    settle_deadlines(at)

    contract.refresh_from_db()
    assert (contract.service_due_at, contract.late_from) == (day(1, 20), day(2, 3))


def test_a_return_on_the_day_of_the_delivery_leaves_the_deadline_provisional() -> None:
    contract = contract_in_service()
    made, at = delivered(contract, YEAR_END), YEAR_END + timedelta(hours=2)
    return_delivery(deliverable=made, reasons="缺图。", by=UserFactory(), at=at)
    contract.refresh_from_db()
    assert (contract.service_due_at, contract.late_from) == (day(1, 15), day(1, 29))
    assert contract.is_due_provisional
    publish_2027(NEW_YEAR)

    settle_deadlines(LOADED)

    contract.refresh_from_db()
    assert (contract.service_due_at, contract.late_from) == (day(1, 16), day(1, 30))
    assert not contract.is_due_provisional


def test_a_return_after_the_publication_brings_in_the_holidays_of_the_time_between() -> None:
    contract = contract_in_service()
    made = delivered(contract, YEAR_END)
    publish_2027(NEW_YEAR, date(2027, 1, 25))
    assert settle_deadlines(LOADED) == []

    return_delivery(deliverable=made, reasons="缺图。", by=UserFactory(), at=LOADED)

    contract.refresh_from_db()
    assert (contract.service_due_at, contract.late_from) == (day(1, 16), day(2, 2))
    assert contract.deadline(OrderDeadline.SERVICE).remind_at == day(1, 14)
    assert not contract.is_due_provisional


def test_the_time_for_the_rating_moves_after_the_acceptance() -> None:
    contract = contract_in_service()
    made = delivered(contract, YEAR_END + timedelta(hours=1))
    accept_delivery(deliverable=made, by=UserFactory(), at=YEAR_END + timedelta(hours=2))
    contract.refresh_from_db()
    assert (contract.rating_due_at, contract.is_due_provisional) == (day(1, 21), True)
    publish_2027(NEW_YEAR)

    [found] = settle_deadlines(LOADED)

    contract.refresh_from_db()
    assert (found.deadline, found.after) == ("contract.rating", day(1, 22))
    assert (contract.rating_due_at, contract.is_due_provisional) == (day(1, 22), False)


def test_a_delivered_contract_has_no_deadline() -> None:
    load_reference()
    contract = ContractFactory(delivered=True, is_due_provisional=True)

    with refused("deadline_still_runs"):
        settle_one(OrderDeadline.SERVICE, contract, YEAR_END)


# --- rating ---------------------------------------------------------------------------------------
FIVE = Scores(quality=5, attitude=5, timeliness=5, charges=5, conduct=5)


@pytest.mark.parametrize(
    ("side", "kind"),
    [("buyer", OrderDeadline.AMENDMENT), ("agency", OrderDeadline.AGENCY_AMENDMENT)],
)
def test_the_time_to_amend_moves_and_both_sides_are_told(side: str, kind: OrderDeadline) -> None:
    load_reference()
    contract, by = ContractFactory(accepted=True), UserFactory()
    for one in (contract.award.tender.buyer, contract.award.bid.agency):
        party(one, f"{one.kind}_manager")
    rate(contract=contract, side=side, scores=FIVE, comment="", by=by, at=YEAR_END)
    publish_2027(NEW_YEAR)

    assert settle_deadlines(LOADED) == [
        Settled(contract.number, kind.value, day(1, 5), day(1, 6), is_provisional=False)
    ]

    contract.refresh_from_db()
    found = contract.deadline(kind)
    assert (found.ends_at, found.is_provisional) == (day(1, 6), False)
    assert str(kind.label) in Message.objects.filter(kind=KIND).first().subject
    assert len(told()) == 2
    rate(contract=contract, side=side, scores=FIVE, comment="", by=by, at=day(1, 5))
    with refused("rating_can_be_amended"):
        rate(contract=contract, side=side, scores=FIVE, comment="", by=by, at=day(1, 6))


def test_after_a_silence_the_archive_waits_for_the_settled_moment() -> None:
    load_reference()
    contract = ContractFactory(accepted=True, rating_due_at=YEAR_END)
    close_rating(contract=contract, at=YEAR_END)
    publish_2027(NEW_YEAR)

    settle_deadlines(LOADED)

    contract.refresh_from_db()
    amendment = contract.deadline(OrderDeadline.AMENDMENT)
    assert (amendment.ends_at, amendment.is_provisional) == (day(1, 6), False)
    assert contract.deadline(OrderDeadline.ARCHIVE).ends_at == day(1, 6)


def test_the_time_for_the_agencys_rating_moves_also_after_the_buyers() -> None:
    load_reference()
    contract = ContractFactory(
        rated=True, accepted_at=YEAR_END, rating_due_at=day(1, 21), is_due_provisional=True
    )
    publish_2027(NEW_YEAR)

    settle_deadlines(LOADED)

    contract.refresh_from_db()
    assert (contract.rating_due_at, contract.is_due_provisional) == (day(1, 22), False)


def test_an_amendment_that_has_ended_or_that_nobody_has_begun_is_refused() -> None:
    load_reference()
    contract = ContractFactory(rated=True, is_amend_provisional=True)

    with refused("deadline_still_runs"):
        settle_one(OrderDeadline.AMENDMENT, contract, contract.amend_until)
    with refused("deadline_is_provisional", "deadline_still_runs"):
        settle_one(OrderDeadline.AGENCY_AMENDMENT, contract, NOON)
