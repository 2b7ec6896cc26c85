"""What the database itself refuses, whoever writes the row."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from bidding.models import Award, Bid, Contract, Deliverable, Offer, Tender
from marketplace.kernel.models import AppendOnlyError
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
    bidder,
)

pytestmark = pytest.mark.django_db


def is_refused(row, **values) -> bool:
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**values)
    except IntegrityError:
        return True
    return False


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


@pytest.mark.parametrize(
    "values",
    [
        {"method": ""},
        {"fund": ""},
        {"service_days": None},
        {"ceiling": Decimal(0)},
        {"round": 2},
        {"round": 0},
    ],
)
def test_a_published_order_says_how_until_when_and_for_how_much(values):
    assert is_refused(TenderFactory(active=True), **values)


def test_an_order_has_one_next_round_beside_those_given_up():
    earlier = TenderFactory(unsuccessful=True)
    given_up = {"status": Tender.Status.CANCELLED, "ended_at": NOON, "end_reasons": "不再需要。"}
    for _time in range(2):
        TenderFactory(previous=earlier, round=2, **given_up)
    TenderFactory(previous=earlier, round=2)

    with pytest.raises(IntegrityError), transaction.atomic():
        TenderFactory(previous=earlier, round=2)


@pytest.mark.parametrize("field", ["signup_days", "service_days"])
def test_days_beyond_counting_cannot_be_stored(field):
    assert not is_refused(TenderFactory(), **{field: 9999})
    assert is_refused(TenderFactory(), **{field: 10000})


@pytest.mark.parametrize("field", ["naming_reasons", "ceiling"])
def test_a_published_order_names_an_agency_with_reasons_and_a_ceiling(field):
    tender = TenderFactory(active=True, direct=bidder())

    assert is_refused(tender, **{field: "" if field == "naming_reasons" else None})


def test_a_buyer_is_not_the_agency_it_names():
    tender = TenderFactory(direct=bidder())

    assert is_refused(tender, named_agency=tender.buyer)


def test_an_amount_that_wins_is_positive():
    assert is_refused(AwardFactory(), amount=Decimal(0))


def test_a_text_is_confirmed_or_rejected_with_reasons_but_not_both():
    upload = ContractUploadFactory()

    assert is_refused(upload, rejected_at=NOON)
    assert is_refused(upload, rejected_at=NOON, reject_reasons="缺页。", confirmed_at=NOON)
    assert not is_refused(upload, rejected_at=NOON, reject_reasons="缺页。")


@pytest.mark.parametrize("amount", ["0", "-1"])
def test_an_offer_is_positive(amount):
    bid = BidFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        OfferFactory(bid=bid, amount=Decimal(amount))


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
