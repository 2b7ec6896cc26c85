"""A term has one row a day."""

import pytest
from django.db import IntegrityError, transaction

from marketplace.kernel.calendar import day_of
from search.models import TermCount
from tests.clock import NOON

pytestmark = pytest.mark.django_db


def test_a_term_is_counted_in_one_row_a_day() -> None:
    row = TermCount.objects.create(day=day_of(NOON), text="环评", asked_count=2)

    with transaction.atomic(), pytest.raises(IntegrityError):
        TermCount.objects.create(day=day_of(NOON), text="环评")

    assert str(row) == "2026-11-24 环评"
    assert list(TermCount.objects.summed_since(day_of(NOON))) == [
        {"text": "环评", "asked": 2, "empty": 0, "opened": 0}
    ]
