"""What an order is called, and what the database refuses of one, whoever writes the row."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from bidding.models import Tender
from marketplace.models import ServiceItem, User
from tests.bidding.refusals import is_refused
from tests.clock import NOON
from tests.factories.bidding import (
    TenderFactory,
    bidder,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "values",
    [
        {"method": ""},
        {"fund": ""},
        {"service_time": None},
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


@pytest.mark.parametrize("field", ["signup_days", "service_time"])
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


def test_an_order_is_referred_to_by_its_code_once_it_is_published() -> None:
    draft = Tender(slug="abc")
    opened = Tender(slug="abc", code="JX360702-2026-00001", published_at=NOON, evaluated_at=NOON)

    assert (draft.reference, draft.is_published, draft.is_opened) == ("abc", False, False)
    assert (opened.reference, opened.is_published, opened.is_opened) == (opened.code, True, True)
    assert str(Tender(title="雨污分流", item=ServiceItem(name="环评"))) == "雨污分流"


def test_an_order_that_goes_back_loses_its_review_and_keeps_the_reasons() -> None:
    tender = Tender(status=Tender.Status.REVIEWED, reviewed_at=NOON, reviewed_by=User(pk=7))

    tender.send_back(reasons="限价没有依据。")

    assert (tender.status, tender.return_reasons) == (Tender.Status.RETURNED, "限价没有依据。")
    assert (tender.reviewed_at, tender.reviewed_by) == (None, None)
    tender.submit(at=NOON)
    tender.approve(at=NOON, by=User(pk=7))
    assert tender.return_reasons == ""
