"""The rows of a hall: what the database itself holds."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from bidding.models import Hall, Quote, Seat
from marketplace.kernel.models import AppendOnlyError
from tests.bidding.halls import in_session, quotes
from tests.factories.bidding import OPENING
from tests.factories.marketplace import UserFactory

SECOND = timedelta(seconds=1)


def test_a_hall_is_open_from_its_opening_to_its_end():
    hall = Hall(opened_at=OPENING, ends_at=OPENING + SECOND)

    assert [hall.is_open(OPENING + place * SECOND) for place in (-1, 0, 1)] == [
        False,
        True,
        False,
    ]
    hall.ended_at = hall.ends_at
    assert not hall.is_open(OPENING)


@pytest.mark.django_db
def test_a_hall_does_not_last_beyond_its_time():
    tender, _seats = in_session(2)

    with pytest.raises(IntegrityError), transaction.atomic():
        Hall.objects.filter(tender=tender).update(ends_at=tender.hall.closes_at + SECOND)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hall.objects.filter(tender=tender).update(price=Decimal(5))


@pytest.mark.django_db
def test_a_quote_has_its_number_once_and_is_never_changed():
    _tender, (one, two) = in_session(2)
    first = quotes(one, 90_000, 1)

    with pytest.raises(AppendOnlyError):
        first.save()
    twice = {"quoted_at": OPENING, "ends_at": OPENING, "quoted_by": UserFactory(), "key": uuid4()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Quote.objects.create(hall=one.hall, seat=two, number=1, amount=5, **twice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(hall=one.hall, bid=one.bid, number=9)
    assert (str(first), str(one)) == (f"{one.hall.pk}/1", "1")
