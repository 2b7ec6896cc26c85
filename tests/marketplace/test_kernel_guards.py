"""A deadline is computed again while it is provisional and runs."""

from datetime import timedelta

import pytest

from marketplace.kernel.guards import may_settle_deadline
from marketplace.kernel.models import Deadline
from tests.clock import NOON

INSTANT = timedelta(microseconds=1)


def failed(deadline: Deadline | None) -> list[str]:
    return [one.guard for one in may_settle_deadline(deadline, NOON) if not one.holds]


@pytest.mark.parametrize(
    ("fields", "guards"),
    [
        ({"ends_at": NOON + INSTANT}, []),
        ({"ends_at": NOON}, ["deadline_still_runs"]),
        ({"ends_at": NOON + INSTANT, "stopped_at": NOON}, ["deadline_still_runs"]),
        ({"ends_at": NOON + INSTANT, "suspended_at": NOON}, ["deadline_still_runs"]),
        ({"ends_at": NOON + INSTANT, "is_provisional": False}, ["deadline_is_provisional"]),
    ],
)
def test_a_provisional_deadline_may_be_settled_until_its_end(
    fields: dict[str, object], guards: list[str]
) -> None:
    assert failed(Deadline(**({"is_provisional": True} | fields))) == guards


def test_a_deadline_that_never_began_may_not() -> None:
    assert failed(None) == ["deadline_is_provisional", "deadline_still_runs"]
