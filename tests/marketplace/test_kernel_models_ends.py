"""When the deadlines of many rows end: one statement."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bidding.models import Tender
from marketplace.kernel.models.ends import ends_of, first_to_end
from tests.factories.bidding import DEADLINE, OPENING, TenderFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_the_ends_of_many_rows_are_told_by_kind_and_key() -> None:
    tender, draft = TenderFactory(active=True), TenderFactory()
    tender.deadlines.filter(kind="tender.opening").update(is_provisional=True)
    ends_of([tender.pk])

    with CaptureQueriesContext(connection) as captured:
        ends = ends_of([tender.pk, draft.pk])

    assert len(captured) == 1
    assert ends.of("tender.sign_up", tender.pk) == DEADLINE
    assert ends.of("tender.opening", tender.pk) == OPENING
    assert ends.of("tender.sign_up", draft.pk) is ends.of("tender.sign_up", None) is None
    assert ends.is_provisional(tender.pk, "tender.sign_up", "tender.opening")
    assert not ends.is_provisional(tender.pk, "tender.sign_up")
    assert not ends.is_provisional(None, "tender.opening")


def test_what_ends_first_comes_first_of_the_rows_that_are_asked_for() -> None:
    second, first, other = (TenderFactory(active=True) for _number in range(3))
    closed = TenderFactory(closed=True)
    first.deadlines.update(starts_at=DEADLINE - 2 * HOUR, ends_at=DEADLINE - HOUR)
    second.deadlines.update(is_provisional=True)
    closed.deadlines.filter(kind="tender.sign_up").update(stopped_at=DEADLINE, next_at=None)

    rows = first_to_end("tender.sign_up", Tender.objects.exclude(pk=other.pk))

    assert list(rows) == [(first.pk, DEADLINE - HOUR, False), (second.pk, DEADLINE, True)]
    assert list(rows[:1]) == [(first.pk, DEADLINE - HOUR, False)]
    assert list(first_to_end("tender.opening", Tender.objects.filter(pk=other.pk))) == [
        (other.pk, OPENING, False)
    ]
