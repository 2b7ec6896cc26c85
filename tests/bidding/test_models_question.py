"""A question: an answer is whole, and comes after what it answers."""

from datetime import timedelta

import pytest

from bidding.models import Question
from tests.bidding.refusals import is_refused
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder, load_reference
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def test_the_database_holds_that_an_answer_is_whole_and_later() -> None:
    load_reference()
    by, tender = UserFactory(), TenderFactory(active=True)
    row = Question.objects.create(
        tender=tender, asker=bidder(tender.item), asked_by=by, asked_at=NOON, text="何时踏勘？"
    )
    whole = {"answer": "周一。", "answered_by": by, "answered_at": NOON}

    for missing in whole:
        empty = "" if missing == "answer" else None
        assert is_refused(row, **{**whole, missing: empty})
    assert is_refused(row, **{**whole, "answered_at": NOON - timedelta(seconds=1)})
    assert not is_refused(row, **whole)
    assert list(Question.objects.of(tender).answered()) == [row]
    assert str(row) == "何时踏勘？"
