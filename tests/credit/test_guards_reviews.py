"""A review is asked for in time and shortens a measure."""

from datetime import timedelta

import pytest

from credit.guards.reviews import effect_is_not_suspended, months_are_fewer, review_is_pending
from credit.models import Case, Restriction, Review
from tests.clock import NOON


@pytest.mark.parametrize(
    ("months", "holds"), [(None, False), (0, False), (1, True), (5, True), (6, False)]
)
def test_a_review_leaves_fewer_months(months, holds):
    assert months_are_fewer(Case(months=6), months).holds == holds


@pytest.mark.parametrize("status", [*Review.Status])
def test_what_was_decided_is_not_decided_again(status):
    assert review_is_pending(Review(status=status)).holds == (status == "filed")


def test_an_effect_is_suspended_once():
    assert effect_is_not_suspended(Restriction()).holds
    assert not effect_is_not_suspended(Restriction(suspended_at=NOON - timedelta(days=1))).holds
