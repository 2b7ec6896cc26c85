"""What several tests of marketplace need."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache

from marketplace.parties import Party
from tests.clock import NOON
from tests.factories.marketplace import AuthorityFactory, Role, load_calendar, load_rules, party


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


@pytest.fixture
def officer(rules: None) -> Party:
    """An operator, whose codes nobody has used."""
    cache.clear()
    return party(AuthorityFactory(), Role.OPERATOR)
