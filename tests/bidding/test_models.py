"""What the database itself refuses, whoever writes the row."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from bidding.models import Award, Bid, Contract, Deliverable, Offer, Tender
from marketplace.kernel.models import AppendOnlyError
from tests.bidding.refusals import is_refused
from tests.clock import NOON
from tests.factories.bidding import (
    AwardFactory,
    BidFactory,
    ContractFactory,
    ContractUploadFactory,
    DeliverableFactory,
    EvaluationFactory,
    OfferFactory,
    TenderFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make", "status"),
    [
        *((TenderFactory, status) for status in Tender.Status if status != "draft"),
        *((BidFactory, status) for status in Bid.Status if status != "active"),
        *((AwardFactory, status) for status in Award.Status if status != "pending"),
        *((ContractFactory, status) for status in Contract.Status if status != "pending"),
        *((DeliverableFactory, status) for status in Deliverable.Status if status != "submitted"),
    ],
)
def test_a_state_cannot_exist_without_its_moment(make, status):
    assert is_refused(make(), status=status)


def test_an_amount_that_wins_is_not_negative():
    assert is_refused(AwardFactory(), amount=Decimal("-0.01"))
    assert not is_refused(AwardFactory(), amount=Decimal(0))


def test_a_text_is_confirmed_or_rejected_with_reasons_but_not_both():
    upload = ContractUploadFactory()

    assert is_refused(upload, rejected_at=NOON)
    assert is_refused(upload, rejected_at=NOON, reject_reasons="缺页。", confirmed_at=NOON)
    assert not is_refused(upload, rejected_at=NOON, reject_reasons="缺页。")


def test_an_opened_offer_is_not_negative():
    bid = BidFactory(tender=TenderFactory(evaluated=True))

    with pytest.raises(IntegrityError), transaction.atomic():
        OfferFactory(bid=bid, amount=Decimal("-0.01"))


@pytest.mark.parametrize("make", [OfferFactory, EvaluationFactory])
def test_an_amount_and_a_rating_are_written_once(make):
    row = make()

    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.delete()


def test_names_say_nothing_that_is_sealed():
    bid = BidFactory(amount=88000)
    offer = Offer.objects.get()

    assert str(bid) == bid.slug
    assert str(offer) == f"{bid.pk}/1"
