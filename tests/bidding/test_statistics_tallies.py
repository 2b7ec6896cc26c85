"""Why an order came to nothing, and how long one waited."""

from datetime import timedelta

import pytest

from bidding.models import Award, Tender
from bidding.statistics.tallies import days_between, ending_of, month_of
from marketplace.kernel.calendar import CHINA, WorkCalendar
from tests.clock import NOON

PLAIN = WorkCalendar(frozenset(), frozenset(), NOON.date())


@pytest.mark.parametrize(
    ("status", "award", "ending"),
    [
        (Tender.Status.CANCELLED, Award.Status.CANCELLED, "cancelled"),
        (Tender.Status.COMPLETE, Award.Status.CANCELLED, "fell_away"),
        (Tender.Status.UNSUCCESSFUL, None, "too_few"),
        (Tender.Status.COMPLETE, Award.Status.ACTIVE, ""),
        (Tender.Status.ACTIVE, None, ""),
    ],
)
def test_an_order_ends_for_one_reason(status: str, award: str | None, ending: str) -> None:
    assert ending_of(status, award) == ending


def test_days_are_those_that_are_worked_and_months_those_of_china() -> None:
    friday = NOON - timedelta(days=4)

    assert days_between(friday, NOON, PLAIN) == 2
    midnight = NOON.replace(month=12, day=1, hour=0, tzinfo=CHINA)
    assert [f"{month_of(one)}" for one in (midnight, midnight - timedelta(seconds=1))] == [
        *("2026-12-01", "2026-11-01"),
    ]
