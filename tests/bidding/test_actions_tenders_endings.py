"""How an order ends before its time."""

from datetime import timedelta

import pytest

from bidding.actions.tenders import (
    cancel_tender,
)
from bidding.models import Award, Tender
from credit.actions import judge_fact
from credit.models import Entry, ReportedFact
from marketplace.kernel.models import AuditEntry
from marketplace.models import Message
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.bidding import (
    DEADLINE,
    SIGNED,
    AwardFactory,
    BidFactory,
    TenderFactory,
    bidder,
)
from tests.factories.marketplace import UserFactory, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
Status = Tender.Status
MICROSECOND = timedelta(microseconds=1)


def last_entry() -> tuple[str, str, str]:
    entry = AuditEntry.objects.order_by("pk").last()
    assert entry is not None
    return entry.verb, entry.before, entry.after


def inbox() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("kind", "organization__name"))


@pytest.mark.parametrize("state", [{}, "submitted", "returned", "reviewed", "active"])
def test_a_buyer_gives_an_order_up(state):
    tender = TenderFactory(**({state: True} if state else {}))
    before = tender.status

    cancel_tender(tender=tender, reasons=" 项目不再进行。 ", by=tender.created_by, at=NOON)

    tender.refresh_from_db()
    assert (tender.status, tender.ended_at, tender.end_reasons) == (
        Status.CANCELLED,
        NOON,
        "项目不再进行。",
    )
    assert last_entry() == ("tender.cancelled", before, "cancelled")


def test_each_bidder_is_told_that_the_order_was_given_up_and_nobody_else():
    tender = TenderFactory(active=True)
    standing, gone = BidFactory(tender=tender), BidFactory(tender=tender, withdrawn=True)
    for agency in (standing.agency, gone.agency, bidder()):
        party(agency, "agency_manager")

    cancel_tender(tender=tender, reasons="项目不再进行。", by=tender.created_by, at=NOON)

    assert inbox() == [("bidding/tender_cancelled", standing.agency.name)]
    assert "90000" not in Message.objects.get().body


def test_between_sign_up_and_opening_nobody_gives_an_order_up():
    tender = TenderFactory(closed=True)

    with refused("tender_is_cancellable"):
        cancel_tender(tender=tender, reasons="理由", by=tender.created_by, at=NOON)


def test_an_opened_order_is_given_up_and_the_owner_answers_for_it(client):
    tender = TenderFactory(evaluated=True)

    cancel_tender(tender=tender, reasons="预算取消。", by=tender.created_by, at=SIGNED)

    tender.refresh_from_db()
    fact = ReportedFact.objects.get()
    assert (tender.status, tender.end_reasons) == (Status.CANCELLED, "预算取消。")
    assert (fact.organization, fact.kind, fact.given_reasons, fact.reference) == (
        tender.buyer,
        "cancelled_after_opening",
        "预算取消。",
        tender.code,
    )
    assert not Entry.objects.exists()
    judge_fact(fact=fact, is_excused=False, reasons="不成立。", by=UserFactory(), at=SIGNED)
    assert [(row.organization, int(row.points)) for row in Entry.objects.all()] == [
        (tender.buyer, -5)
    ]
    assert "预算取消。" in client.get(f"/tenders/{tender.code}/", follow=True).content.decode()


@pytest.mark.parametrize("state", [{}, {"active": True}])
def test_the_award_of_an_order_that_is_given_up_falls_and_nobody_moves_up(state):
    award = AwardFactory(**state)
    BidFactory(tender=award.tender, amount=95000)

    cancel_tender(tender=award.tender, reasons="预算取消。", by=UserFactory(), at=SIGNED)

    stored = Award.objects.get()
    assert (stored.status, stored.cancel_reasons, stored.was_given_up) == (
        Award.Status.CANCELLED,
        "预算取消。",
        False,
    )
    assert stored.tender.status == Status.CANCELLED


@pytest.mark.parametrize("state", ["complete", "cancelled"])
def test_what_is_signed_or_has_fallen_is_not_given_up(state):
    award, by = AwardFactory(**{state: True}), UserFactory()

    with refused("award_is_not_settled_yet"):
        cancel_tender(tender=award.tender, reasons="预算取消。", by=by, at=SIGNED)


@pytest.mark.parametrize("state", ["unsuccessful", "cancelled"])
def test_an_order_that_is_over_is_not_given_up_again(state):
    tender = TenderFactory(**{state: True})
    reasons = tender.end_reasons

    with refused("tender_is_not_over"):
        cancel_tender(tender=tender, reasons="理由", by=tender.created_by, at=NOON)

    tender.refresh_from_db()
    assert (tender.status, tender.end_reasons) == (state, reasons)


def test_at_the_deadline_it_is_too_late_even_before_the_schedule_runs():
    tender = TenderFactory(active=True)

    with refused("tender_is_cancellable"):
        cancel_tender(tender=tender, reasons="理由", by=tender.created_by, at=DEADLINE)

    cancel_tender(tender=tender, reasons="理由", by=tender.created_by, at=DEADLINE - MICROSECOND)
