"""What everybody reads alike is read again when a deadline has ended, and after a minute."""

from datetime import timedelta

import pytest

from marketplace.kernel.known import at_version
from marketplace.kernel.models import Deadline
from marketplace.web.known_at import once_at
from tests.clock import NOON
from tests.factories.bidding import TenderFactory

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def read_at(*seconds: int) -> list[int]:
    """Read at these seconds after NOON a value that says how often it was read."""
    asked: list[int] = []

    def read() -> int:
        asked.append(1)
        return len(asked)

    return [once_at("value", NOON + second * SECOND, read=read) for second in seconds]


def test_a_value_is_read_again_when_a_deadline_has_ended_and_after_a_minute() -> None:
    TenderFactory(active=True)
    Deadline.objects.update(ends_at=NOON + 30 * SECOND)

    with at_version("1-1-1/known_at"):
        assert read_at(0, 29, 30, 59, 60) == [1, 1, 2, 2, 3]


def test_an_act_reads_anew() -> None:
    assert read_at(0, 0) == [1, 2]
