"""How soon a decision is found: with a real broker, a real worker, and no sweep to help."""

import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median

import pytest

from search.backends import database_index
from search.indexing import rebuild
from search.query import parse
from tests.clock import NOON
from tests.factories.bidding import load_reference
from tests.factories.credit import RestrictionFactory
from tests.marketplace.test_tasks_on_a_broker import _empty_queue  # noqa: F401 - a fixture
from tests.servers import Worker, wait_until

pytestmark = [pytest.mark.broker, pytest.mark.django_db(transaction=True)]
SOON = 1.0
"""Seconds from the commit of a decision until everybody finds it."""
AGES = timedelta(days=36_500)


def seconds_until_found() -> float:
    """Decide, and return how long it takes then until the decision is found."""
    row = RestrictionFactory(effective_to=NOON + AGES, published_until=NOON + AGES)
    committed = time.monotonic()
    query = parse(row.case.decision_number or "")
    wait_until(lambda: database_index().find(query).total == 1)
    return time.monotonic() - committed


def test_a_sanction_is_found_within_a_second_of_its_commit(
    make_worker: Callable[..., Worker],
) -> None:
    load_reference()
    rebuild(database_index())
    make_worker().start()
    seconds_until_found()  # the worker loads what it needs

    taken = [seconds_until_found() for _turn in range(5)]

    assert median(taken) < SOON
