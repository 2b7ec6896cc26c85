"""The section of an order's page: until when one may ask, and what is shown of it."""

from datetime import timedelta

import pytest

from bidding.pages.questions import question_section
from tests.clock import NOON
from tests.factories.bidding import DEADLINE, TenderFactory, load_reference

pytestmark = pytest.mark.django_db


def test_an_open_order_says_until_when_and_one_that_is_closed_nothing() -> None:
    load_reference()

    section = question_section(TenderFactory(active=True), NOON)

    assert section.takes_questions
    assert section.ends_at == DEADLINE - timedelta(hours=24)
    assert section.answers_end_at == DEADLINE - timedelta(hours=12)
    assert not question_section(TenderFactory(closed=True), NOON).takes_questions
