"""What several tests of marketplace need."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.clock import NOON
from tests.factories.marketplace import load_calendar, load_rules


@pytest.fixture
def rules(db: None) -> None:
    """The shipped rule values and the published calendar."""
    load_rules()
    load_calendar()


@pytest.fixture
def at_noon() -> Iterator[None]:
    """The edges read NOON on the clock."""
    with time_machine.travel(NOON, tick=False):
        yield
