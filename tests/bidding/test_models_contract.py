"""Contracts by where they stand."""

import pytest

from bidding.models import Contract
from tests.factories.bidding import ContractFactory

pytestmark = pytest.mark.django_db


def test_silence_counts_once_the_time_for_the_rating_is_over() -> None:
    silent = ContractFactory(rated=True, is_rated_by_buyer=False)
    ContractFactory(rated=True, is_rated_by_buyer=True)
    ContractFactory(accepted=True)

    assert [*Contract.objects.not_rated()] == [silent]
