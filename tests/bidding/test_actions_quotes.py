"""Quotes in a hall: what counts, what is written, what a refusal leaves as it was."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import transaction

from bidding.actions.deadlines import HALL
from bidding.actions.quotes import run_hall_on
from bidding.models import Award, Bid, Quote, Suspension, Tender
from bidding.selection.evidence import verify
from docs import verify_draw, verify_hall
from marketplace.kernel import deadlines
from marketplace.kernel.due import run_due
from marketplace.kernel.models.deadlines import MATTER
from marketplace.kernel.verdicts import Refused
from marketplace.models import Message
from tests.bidding.disputing import world
from tests.bidding.halls import FLOOR, announced, in_session, quotes
from tests.bidding.openings import evidence_of
from tests.factories.bidding import OPENING, BidFactory
from tests.factories.marketplace import UserFactory

SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.django_db


def refusal(*args, **fields):
    with pytest.raises(Refused) as refused:
        quotes(*args, **fields)
    return [verdict.guard for verdict in refused.value.verdicts]


def anew(tender):
    return Tender.objects.get(pk=tender.pk)


def test_a_hall_opens_with_a_number_for_each_and_tells_it_to_its_agency():
    tender, seats = in_session(3)

    assert (tender.status, tender.opening_at) == (Tender.Status.BIDDING, OPENING)
    assert tender.hall.ends_at == tender.hall_ends_at == OPENING + 300 * SECOND
    assert tender.hall.closes_at == OPENING + 7200 * SECOND
    assert [seat.number for seat in seats] == [1, 2, 3]
    slugs = [seat.bid.slug for seat in seats]
    assert slugs == sorted(slugs)


def test_too_few_are_enough_for_no_hall():
    tender, _seats = in_session(1)

    assert tender.status == Tender.Status.UNSUCCESSFUL
    assert tender.end_reasons == "有效报名 1 家，少于规则要求的 2 家"
    assert tender.hall is None


def test_a_quote_is_written_with_its_number_moment_and_the_end_since():
    tender, (one, two, _three) = in_session()

    first = quotes(one, 90_000, 10)
    second = quotes(two, "88800.00", 299)

    assert [(row.number, row.amount, row.quoted_at) for row in (first, second)] == [
        (1, Decimal(90_000), OPENING + 10 * SECOND),
        (2, Decimal(88_800), OPENING + 299 * SECOND),
    ]
    tender = anew(tender)
    assert tender.hall.price == Decimal(88_800)
    assert second.ends_at == tender.hall.ends_at == tender.hall_ends_at == OPENING + 599 * SECOND


def test_the_closing_instant_itself_is_too_late_and_writes_nothing():
    tender, (one, two, _three) = in_session()
    quotes(one, 90_000, 0)

    assert quotes(two, 80_000, 299.999999).number == 2
    assert refusal(one, 70_000, 599.999999) == ["hall_takes_quotes"]

    tender = anew(tender)
    assert (tender.hall.quote_count, tender.hall.price) == (2, Decimal(80_000))
    assert Quote.objects.count() == 2


@pytest.mark.parametrize(
    ("amount", "guard"),
    [
        (88_801, "quote_is_low_enough"),
        (59_999, "quote_is_not_below_floor"),
        ("80000.001", "amount_is_written_to_the_cent"),
    ],
)
def test_a_quote_that_does_not_count_changes_nothing(amount, guard):
    tender, (one, two, _three) = in_session()
    quotes(one, 90_000, 1)

    assert refusal(two, amount, 2) == [guard]
    assert refusal(one, 80_000, 2) == ["another_leads"]
    assert anew(tender).hall.quote_count == 1


def test_a_form_that_is_sent_twice_counts_once_even_after_the_end():
    key = UUID(int=1)
    _tender, (one, two, _three) = in_session()

    first = quotes(one, 90_000, 1, key=key)
    assert quotes(one, 90_000, 2, key=key) == first
    assert quotes(one, 90_000, 999, key=key) == first
    assert refusal(one, 80_000, 2, key=key) == ["form_is_sent_once"]
    assert quotes(two, 88_000, 3, key=key).number == 2


def test_a_quote_is_confirmed_at_the_price_that_was_seen():
    _tender, (one, two, three) = in_session()
    quotes(one, 90_000, 1, seen="")

    assert refusal(two, 80_000, 2, seen="") == ["price_is_as_seen"]
    assert quotes(two, 80_000, 3, seen="90000.00").number == 2
    quotes(one, FLOOR, 4)
    assert quotes(three, FLOOR, 5, seen="60000.00").number == 4
    assert quotes(two, FLOOR, 6, seen="60000.00").number == 5


def test_whoever_has_no_standing_seat_cannot_quote():
    tender, (one, two, _three) = in_session()
    Bid.objects.filter(pk=one.bid.pk).update(
        status=Bid.Status.ENDED, ended_at=OPENING, end_reference="赣市监失信〔2026〕1号"
    )
    stranger = BidFactory.build(tender=tender)

    assert refusal(one, 90_000, 1) == ["agency_has_a_seat"]
    two.bid.agency = stranger.agency
    assert refusal(two, 90_000, 1) == ["agency_has_a_seat"]
    assert not Quote.objects.exists()


def test_a_hall_that_is_late_opens_when_it_opens():
    tender = announced()
    for _bidder in range(2):
        BidFactory(tender=tender, amount=tender.ceiling)

    run_due(OPENING - SECOND)
    assert anew(tender).status == Tender.Status.CLOSED
    run_due(OPENING + 3600 * SECOND)

    hall = anew(tender).hall
    assert (hall.opened_at, hall.ends_at) == (
        OPENING + 3600 * SECOND,
        OPENING + 3900 * SECOND,
    )


def test_the_schedule_ends_a_hall_as_of_its_end_and_anyone_can_repeat_it():
    tender, (one, two, three) = in_session(fund="fiscal")
    quotes(one, 90_000, 10)
    quotes(two, FLOOR, 20)
    quotes(three, FLOOR, 200)

    run_due(OPENING + 309 * SECOND)
    assert anew(tender).status == Tender.Status.BIDDING
    run_due(OPENING + 5000 * SECOND)

    tender = anew(tender)
    evidence = evidence_of(tender)
    assert tender.status == Tender.Status.EVALUATED
    assert tender.evaluated_at == tender.hall.ended_at == OPENING + 310 * SECOND
    assert [quote["amount"] for quote in evidence["course"]["quotes"]] == [
        "90000.00",
        "60000.00",
        "60000.00",
    ]
    assert {evidence["winner"]} < {two.bid.agency.uscc, three.bid.agency.uscc}
    assert evidence["ranking"][2]["uscc"] == one.bid.agency.uscc
    assert verify(evidence, published_commitment=tender.seal.commitment) == []
    assert verify_draw.verify(evidence, evidence["digest"], tender.seal.commitment) == []
    assert list(verify_hall.verify(evidence)) == []
    told = Message.objects.filter(kind="bidding/bids_opened")
    assert not Award.objects.exists()
    assert told.count() == told.filter(subject__contains="已开启").count()


def test_a_hall_without_a_quote_fails():
    tender, _seats = in_session(2)

    run_due(OPENING + 300 * SECOND)

    tender = anew(tender)
    assert (tender.status, tender.end_reasons) == (
        Tender.Status.UNSUCCESSFUL,
        "竞价期间没有机构报价",
    )
    assert tender.hall.ended_at == OPENING + 300 * SECOND
    assert tender.selection is None


def test_who_loses_its_standing_keeps_its_quotes_in_the_record_and_is_not_ranked():
    tender, (one, two, three) = in_session()
    quotes(one, 90_000, 1)
    quotes(two, 80_000, 2)
    quotes(three, 70_000, 3)
    Bid.objects.filter(pk=three.bid.pk).update(
        status=Bid.Status.ENDED, ended_at=OPENING, end_reference="赣市监失信〔2026〕1号"
    )

    run_due(OPENING + 400 * SECOND)

    evidence = evidence_of(anew(tender))
    assert evidence["winner"] == two.bid.agency.uscc
    assert len(evidence["course"]["quotes"]) == 3
    assert verify(evidence) == []


def test_an_agent_of_another_class_cannot_quote():
    _tender, (one, _two, _three) = in_session()

    assert quotes(one, 90_000, 1, by=UserFactory()).quoted_by is not None


def test_a_suspended_hall_takes_no_quote_and_gives_the_countdown_back():
    tender, (one, two, _three) = in_session()
    quotes(one, 90_000, 10)
    since = OPENING + 20 * SECOND
    stood = Suspension.objects.create(tender=tender, dispute=world().filed(), since=since)
    deadlines.suspend([HALL], anew(tender), since, why=MATTER)

    assert refusal(two, 80_000, 30) == ["tender_is_not_suspended"]
    run_due(OPENING + 5000 * SECOND)
    assert anew(tender).status == Tender.Status.BIDDING

    resumed = OPENING + 6000 * SECOND
    stood.until = resumed
    stood.save()
    with transaction.atomic():
        locked = Tender.objects.lock(tender.pk)
        run_hall_on(locked, stood.since, resumed)
        deadlines.resume([HALL], locked, resumed, why=MATTER)
    assert anew(tender).hall_ends_at == resumed + 300 * SECOND
    assert quotes(two, 80_000, 6299).number == 2
    run_due(OPENING + 9000 * SECOND)

    tender = anew(tender)
    evidence = evidence_of(tender)
    assert tender.evaluated_at == OPENING + 6599 * SECOND
    assert len(evidence["course"]["pauses"]) == 1
    assert verify(evidence) == []
    assert verify_draw.verify(evidence) == []
    assert list(verify_hall.verify(evidence)) == []
