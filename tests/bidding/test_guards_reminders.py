"""A reminder is given from its moment on while its deadline runs, and lateness is told once."""

from datetime import timedelta

import pytest

from bidding.guards.reminders import lateness_is_to_be_told, reminder_is_due
from marketplace.kernel.models import Deadline
from tests.clock import NOON

MICROSECOND = timedelta(microseconds=1)
END = NOON + timedelta(days=3)


def deadline(**changes: object) -> Deadline:
    values = {"kind": "award.signature", "ends_at": END, "remind_at": NOON, "acts_at": END}
    return Deadline(**{**values, **changes})


def test_a_reminder_is_given_from_its_moment_on() -> None:
    assert reminder_is_due(deadline(), NOON).holds
    assert not reminder_is_due(deadline(), NOON - MICROSECOND).holds


def test_lateness_is_told_from_the_end_on() -> None:
    assert lateness_is_to_be_told(deadline(), END).holds
    assert not lateness_is_to_be_told(deadline(), END - MICROSECOND).holds


@pytest.mark.parametrize("ask", [reminder_is_due, lateness_is_to_be_told])
def test_nobody_is_told_of_what_does_not_run_or_was_told(ask) -> None:
    later = END + timedelta(days=1)
    nothing = [
        None,
        deadline(remind_at=None, acts_at=None),
        deadline(stopped_at=NOON),
        deadline(suspended_at=NOON),
    ]

    assert [ask(one, later).refusal for one in nothing if not ask(one, later).holds] == [
        "没有到期的提醒"
    ] * 4
