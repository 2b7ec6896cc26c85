"""The opening asks of each low quote that may win what it costs, and of no other."""

from datetime import timedelta

import pytest

from bidding.actions.asking_costs import drop_questions
from bidding.actions.tenders import cancel_tender
from bidding.models import Explanation, Tender
from tests.bidding.costing import HIGH, LOW, NEXT, low_case
from tests.bidding.openings import opened, told
from tests.factories.bidding import OPENING, BidFactory, TenderFactory
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def test_the_low_one_alone_is_asked_with_a_deadline_and_is_told():
    case = low_case()

    assert case.explanation.bid == case.bid_at(LOW)
    assert case.explanation.asked_at == OPENING
    assert case.explanation.due_at > OPENING
    asked = [one for one in told() if one[0] == "bidding/cost_asked"]
    assert asked == [("bidding/cost_asked", case.agency.name)]


def test_the_registration_waits_for_the_answer_and_its_judge():
    plain = TenderFactory(closed=True)
    BidFactory(tender=plain, amount=HIGH)
    plain = opened(plain)

    case = low_case()

    assert case.tender.register_due_at - plain.register_due_at > timedelta(days=3)


@pytest.mark.parametrize("amounts", [(HIGH, NEXT), (HIGH,), (LOW, LOW)])
def test_quotes_that_lie_together_are_asked_nothing(amounts):
    tender = TenderFactory(closed=True)
    for amount in amounts:
        BidFactory(tender=tender, amount=amount)

    opened(tender)

    assert not Explanation.objects.exists()


def test_what_the_method_dropped_need_not_be_explained():
    tender = TenderFactory(closed=True, method="best_price")
    for amount in (LOW, NEXT, NEXT, HIGH, HIGH):
        BidFactory(tender=tender, amount=amount)

    opened(tender)

    assert not Explanation.objects.exists()


def test_with_the_order_the_question_ends():
    case = low_case()

    cancel_tender(tender=case.tender, reasons="项目取消。", by=UserFactory(), at=OPENING)

    found = Explanation.objects.get()
    assert (found.status, found.judged_at) == (Explanation.Status.DROPPED, OPENING)
    assert not found.deadlines.filter(stopped_at__isnull=True).exists()


def test_nothing_is_dropped_where_nothing_is_open():
    drop_questions(TenderFactory(evaluated=True), OPENING)

    assert Tender.objects.get().status == Tender.Status.EVALUATED
