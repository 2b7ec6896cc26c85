"""A correction takes points back, all or in part, and a second person looks at it."""

from decimal import Decimal

import pytest

from credit.guards.entries import (
    correction_is_open,
    points_differ,
    points_lie_between,
    second_look_is_anothers,
)
from credit.models import Correction, Entry
from marketplace.models import User


@pytest.mark.parametrize(
    ("was", "becomes", "holds"),
    [
        ("-5", "-5.01", False),
        ("-5", "-5", True),
        ("-5", "0", True),
        ("-5", "0.01", False),
        ("2", "2.01", False),
        ("2", "0", True),
        ("2", "-0.01", False),
        ("-5", None, True),
    ],
)
def test_a_correction_lies_between_nothing_and_what_was_recorded(was, becomes, holds):
    points = None if becomes is None else Decimal(becomes)

    assert points_lie_between(Entry(points=Decimal(was)), points).holds == holds


@pytest.mark.parametrize(("becomes", "holds"), [("-5.00", False), ("-4", True), (None, True)])
def test_a_correction_changes_something(becomes, holds):
    points = None if becomes is None else Decimal(becomes)

    assert points_differ(Entry(points=Decimal(-5)), points).holds == holds


@pytest.mark.parametrize("status", [*Correction.Status])
def test_a_correction_is_settled_once(status):
    assert correction_is_open(Correction(status=status)).holds == (status == "proposed")


def test_who_proposed_a_correction_does_not_settle_it():
    correction = Correction(proposed_by=User(pk=1))

    assert not second_look_is_anothers(correction, User(pk=1)).holds
    assert second_look_is_anothers(correction, User(pk=2)).holds
