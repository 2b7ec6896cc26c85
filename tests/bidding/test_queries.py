"""What the pages show of agencies."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from bidding.queries import agencies, ratings_of
from tests.clock import NOON
from tests.factories.bidding import (
    AwardFactory,
    BidFactory,
    ContractFactory,
    EvaluationFactory,
    TenderFactory,
    bidder,
    load_reference,
)

pytestmark = pytest.mark.django_db
LOW = {"quality": 5, "attitude": 4, "timeliness": 3, "charges": 2, "conduct": 1}
HIGH = {"quality": 5, "attitude": 5, "timeliness": 5, "charges": 4, "conduct": 5}


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    load_reference()
    with time_machine.travel(NOON, tick=False):
        yield


def rated(agency, stars: dict[str, int]) -> None:
    tender = TenderFactory(complete=True)
    award = AwardFactory(complete=True, tender=tender, bid=BidFactory(tender=tender, agency=agency))
    EvaluationFactory(contract=ContractFactory(rated=True, award=award), **stars)


def test_the_mean_counts_all_criteria_and_is_one_number_in_the_list_and_on_the_page(
    client: Client,
) -> None:
    agency = bidder()
    rated(agency, LOW)
    rated(agency, HIGH)

    ratings = ratings_of(agency)

    assert [row.mean for row in agencies(NOON)] == [3.9]
    assert (ratings.count, ratings.overall) == (2, 3.9)
    assert ratings.means["quality"] == 5.0
    for name, args in (("agency_list", []), ("agency", [agency.slug])):
        assert "3.9" in client.get(reverse(f"bidding:{name}", args=args)).content.decode()


def test_an_agency_without_a_rating_has_no_mean(client: Client) -> None:
    agency = bidder()

    assert [row.mean for row in agencies(NOON)] == [None]
    assert ratings_of(agency).overall is None
    page = client.get(reverse("bidding:agency", args=[agency.slug])).content.decode()
    assert "五项平均" not in page
