"""Running numbers: from 1, without gaps, each name for itself."""

import pytest
from django.db import transaction

from marketplace.kernel.models import Sequence

pytestmark = pytest.mark.django_db


def test_each_name_counts_for_itself_from_one() -> None:
    numbers = [Sequence.objects.next_value(name) for name in ("a", "a", "b", "a")]

    assert numbers == [1, 2, 1, 3]
    assert [str(row) for row in Sequence.objects.order_by("name")] == ["a: 3", "b: 1"]


def test_a_number_that_is_taken_back_is_given_out_again() -> None:
    Sequence.objects.next_value("a")

    with transaction.atomic():
        assert Sequence.objects.next_value("a") == 2
        transaction.set_rollback(True)

    assert Sequence.objects.next_value("a") == 2
