"""When the deadlines of many rows end: one statement."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.kernel.models.ends import ends_of
from tests.factories.bidding import DEADLINE, OPENING, TenderFactory

pytestmark = pytest.mark.django_db


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
