"""Until when a side rates and amends, and when the contract goes into the archive."""

from datetime import timedelta
from typing import Any

import pytest

from bidding.guards import ratings
from bidding.models import Contract, Evaluation
from marketplace.models import User
from tests.bidding.refusals import failing
from tests.clock import NOON
from tests.factories.bidding import (
    AMEND_UNTIL,
    RATED,
    RATING_DUE,
    ContractFactory,
    EvaluationFactory,
)

MICROSECOND = timedelta(microseconds=1)
Status, Side = Contract.Status, Evaluation.Side


def contract(status: str, **values: Any) -> Contract:
    """Return a contract that is in no database."""
    made: Contract = ContractFactory.build(award=None, status=status, **values)
    return made


def test_a_contract_is_rated_between_acceptance_and_archive() -> None:
    served = [one for one in Status if ratings.contract_is_served(contract(one)).holds]

    assert served == [Status.ACCEPTED, Status.RATED]
    assert not ratings.contract_is_served(None).holds


def test_the_window_is_open_before_its_end_and_silence_recorded_from_it_on() -> None:
    accepted = contract(Status.ACCEPTED, rating_due_at=RATING_DUE)
    last = RATING_DUE - MICROSECOND

    assert ratings.rating_window_is_open(accepted, last).holds
    assert not ratings.rating_window_is_open(accepted, RATING_DUE).holds
    assert failing(*ratings.may_close_rating(accepted, last)) == ["rating_window_is_over"]
    assert failing(*ratings.may_close_rating(accepted, RATING_DUE)) == []
    assert failing(*ratings.may_close_rating(contract(Status.RATED), RATING_DUE)) == [
        "contract_awaits_rating",
        "rating_window_is_over",
    ]


def test_each_side_amends_until_the_moment_it_was_told() -> None:
    other = AMEND_UNTIL + timedelta(days=1)
    rated = contract(Status.RATED, amend_until=AMEND_UNTIL, agency_amend_until=other)

    for side, end in {Side.BUYER: AMEND_UNTIL, Side.AGENCY: other}.items():
        assert ratings.amendable_until(rated, side) == end
        assert ratings.rating_can_be_amended(rated, side, end - MICROSECOND).holds
        assert not ratings.rating_can_be_amended(rated, side, end).holds
    assert not ratings.rating_can_be_amended(contract(Status.RATED), Side.BUYER, NOON).holds


def test_recorded_silence_keeps_the_buyer_from_rating_and_nobody_else() -> None:
    silent = contract(Status.RATED, rated_at=RATED, is_rated_by_buyer=False)
    rated = contract(Status.RATED, rated_at=RATED, is_rated_by_buyer=True)

    assert not ratings.silence_is_not_recorded(silent, Side.BUYER).holds
    assert ratings.silence_is_not_recorded(silent, Side.AGENCY).holds
    assert ratings.silence_is_not_recorded(rated, Side.BUYER).holds
    assert ratings.silence_is_not_recorded(contract(Status.ACCEPTED), Side.BUYER).holds


def test_stars_are_one_to_five() -> None:
    assert ratings.stars_are_from_one_to_five((1, 5, 3)).holds
    assert not ratings.stars_are_from_one_to_five((1, 5, 0)).holds
    assert not ratings.stars_are_from_one_to_five((6, 5, 1)).holds


def test_ratings_are_final_when_nothing_can_be_rated_or_amended() -> None:
    ends = {"rating_due_at": RATING_DUE, "amend_until": AMEND_UNTIL}
    last = RATING_DUE + timedelta(days=2)
    rated = contract(Status.RATED, **ends)
    late = contract(Status.RATED, **ends, agency_amend_until=last)

    assert failing(*ratings.may_archive_contract(rated, RATING_DUE)) == []
    assert failing(*ratings.may_archive_contract(rated, RATING_DUE - MICROSECOND)) == [
        "ratings_are_final"
    ]
    assert failing(*ratings.may_archive_contract(late, last - MICROSECOND)) == ["ratings_are_final"]
    assert failing(*ratings.may_archive_contract(late, last)) == []
    assert failing(*ratings.may_archive_contract(contract(Status.ACCEPTED), last)) == [
        "contract_is_rated",
        "ratings_are_final",
    ]


@pytest.mark.django_db
def test_a_side_amends_after_its_first_rating_and_nobody_rates_for_both() -> None:
    rating = EvaluationFactory()
    rated, by = rating.contract, rating.rated_by

    assert ratings.has_rated(rated, Side.BUYER)
    assert not ratings.has_rated(rated, Side.AGENCY)
    assert failing(*ratings.may_rate(rated, Side.BUYER, by, AMEND_UNTIL)) == [
        "rating_can_be_amended"
    ]
    assert failing(*ratings.may_rate(rated, Side.AGENCY, by, AMEND_UNTIL)) == [
        "person_did_not_rate_for_the_other_side"
    ]
    assert failing(*ratings.may_rate(rated, Side.AGENCY, User(pk=by.pk + 1), AMEND_UNTIL)) == []
    assert failing(*ratings.may_rate(None, Side.BUYER, by, NOON)) == ["contract_is_served"]
