"""A count is one of everything, and of nothing that nobody may know."""

import pytest

from bidding.actions.reckoning import reckon
from bidding.models import Reckoning, Tally
from tests.clock import NOON
from tests.factories.bidding import BidFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_a_count_replaces_the_one_before_and_tells_of_no_bid_before_the_opening() -> None:
    BidFactory()
    reckon(at=NOON)

    reckon(at=NOON)

    assert [one.at for one in Reckoning.objects.all()] == [NOON]
    (row,) = Tally.objects.all()
    assert (row.figure, row.count, row.value) == ("published", 1, None)
