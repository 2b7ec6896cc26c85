"""What is asked of many orders at once."""

from datetime import timedelta

import pytest

from bidding.models import Tender
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder

pytestmark = pytest.mark.django_db


def test_an_order_takes_sign_ups_until_the_moment_at_which_they_end() -> None:
    tender = TenderFactory(active=True)
    TenderFactory()
    end = tender.tender_period_end
    assert end is not None

    assert [*Tender.objects.open_at(end - timedelta(microseconds=1))] == [tender]
    assert not Tender.objects.open_at(end).exists()


def test_whom_an_order_names_alone_may_answer() -> None:
    named, other = bidder(), bidder()
    direct = TenderFactory(active=True, direct=named)
    common = TenderFactory(active=True)

    assert {*Tender.objects.answerable_by(named)} == {direct, common}
    assert {*Tender.objects.answerable_by(other)} == {common}


def test_a_draft_that_was_given_up_takes_nothing_over() -> None:
    earlier = TenderFactory(unsuccessful=True)
    given_up = {"status": Tender.Status.CANCELLED, "ended_at": NOON, "end_reasons": "不再需要。"}
    TenderFactory(previous=earlier, round=2, **given_up)
    assert not Tender.objects.taking_over(earlier).exists()

    later = TenderFactory(previous=earlier, round=2)

    assert [*Tender.objects.taking_over(earlier)] == [later]


def test_who_drafted_or_works_for_the_buyer_is_tied_to_an_order() -> None:
    tender = TenderFactory(active=True)
    stranger = TenderFactory(active=True).created_by

    assert [*Tender.objects.tied_to(tender.created_by)] == [tender]
    assert tender not in Tender.objects.tied_to(stranger)
    assert tender not in Tender.objects.untied_to(tender.created_by)
    assert tender in Tender.objects.untied_to(stranger)
