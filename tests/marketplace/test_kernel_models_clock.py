"""The demo's stored offset: one row, which only grows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from marketplace.kernel.models import ClockOffset

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_clock_that_was_never_moved_is_not_ahead() -> None:
    assert ClockOffset.objects.current() == timedelta()
    assert not ClockOffset.objects.exists()


def test_the_clock_moves_forward_and_never_back() -> None:
    ClockOffset.objects.move_forward(2 * DAY)
    ClockOffset.objects.move_forward(DAY)

    assert ClockOffset.objects.current() == 2 * DAY
    assert ClockOffset.objects.count() == 1


@pytest.mark.parametrize(("pk", "offset"), [(2, DAY), (1, -DAY)])
def test_the_database_refuses_a_second_row_and_a_clock_that_is_behind(
    pk: int, offset: timedelta
) -> None:
    with pytest.raises(IntegrityError):
        ClockOffset.objects.create(pk=pk, offset=offset)
