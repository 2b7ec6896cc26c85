"""The figures of bidding, and that a page and a list show the same."""

import pytest
from django.test import Client
from django.urls import reverse

from bidding.models import Award
from bidding.pages.agencies import agency_rows
from bidding.statistics import award_counts, ratings_of
from tests.clock import NOON
from tests.factories.bidding import (
    AwardFactory,
    BidFactory,
    ContractFactory,
    EvaluationFactory,
    TenderFactory,
    bidder,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
LOW = {"quality": 5, "attitude": 4, "timeliness": 3, "charges": 2, "conduct": 1}
HIGH = {"quality": 5, "attitude": 5, "timeliness": 5, "charges": 4, "conduct": 5}


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

    assert [row.mean for row in agency_rows([agency.pk], NOON)] == [3.9]
    assert (ratings.count, ratings.overall) == (2, 3.9)
    assert ratings.means["quality"] == 5.0
    for name, args in (("agency_list", []), ("agency", [agency.slug])):
        assert "3.9" in client.get(reverse(f"bidding:{name}", args=args)).content.decode()


def test_an_agency_without_a_rating_has_no_mean(client: Client) -> None:
    agency = bidder()

    assert [row.mean for row in agency_rows([agency.pk], NOON)] == [None]
    assert ratings_of(agency).overall is None
    page = client.get(reverse("bidding:agency", args=[agency.slug])).content.decode()
    assert "五项平均" not in page


def test_who_kept_silent_is_counted_as_such_and_not_as_five_stars() -> None:
    agency = bidder()
    rated(agency, LOW)
    tender = TenderFactory(complete=True)
    award = AwardFactory(complete=True, tender=tender, bid=BidFactory(tender=tender, agency=agency))
    ContractFactory(rated=True, award=award, is_rated_by_buyer=False)

    ratings = ratings_of(agency)

    assert (ratings.count, ratings.not_rated_count, ratings.overall) == (1, 1, 3.0)


def test_awards_are_counted_by_what_became_of_them() -> None:
    AwardFactory()
    AwardFactory(active=True)
    AwardFactory(complete=True)
    AwardFactory(cancelled=True)

    assert award_counts() == {"won": 2, "pending": 1, "cancelled": 1}
    assert sum(award_counts().values()) == Award.objects.count()
