"""The agencies as readers find them."""

from datetime import timedelta

import pytest

from bidding.pages.agencies import (
    agencies,
    agencies_in_publicity,
    agency_page,
    eligible_agencies,
    with_standing,
)
from credit.models import Measure
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, TenderFactory, bidder, load_reference
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import AgencyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reference() -> None:
    load_reference()


def test_the_register_holds_who_is_admitted_and_not_removed() -> None:
    agency, removed = bidder(), bidder()
    AgencyFactory(publicity=True)
    RestrictionFactory(organization=removed, kind=Measure.REMOVAL)

    assert [*agencies(NOON)] == [agency]


def test_every_award_that_was_won_counts_also_two_of_one_bid() -> None:
    first = AwardFactory(active=True)
    AwardFactory(tender=first.tender, bid=first.bid, round=2, active=True)
    AwardFactory(tender=first.tender, bid=first.bid, round=3, cancelled=True)

    [row] = agencies(NOON)

    assert (row, row.award_count) == (first.bid.agency, 2)


def test_agencies_in_publicity_are_told_by_its_end() -> None:
    later = AgencyFactory(publicity=True, publicity_ends_at=NOON + timedelta(days=3))
    sooner = AgencyFactory(publicity=True, publicity_ends_at=NOON + timedelta(days=2))
    AgencyFactory(active=True)

    assert [*agencies_in_publicity(NOON)] == [sooner.organization, later.organization]


def test_only_an_agency_of_the_item_s_class_can_be_named() -> None:
    tender = TenderFactory()
    agency = bidder(tender.item)
    bidder()

    assert [*eligible_agencies(tender, NOON)] == [agency]


def test_each_agency_stands_with_what_the_public_may_know() -> None:
    agency = bidder()
    told = RestrictionFactory(organization=agency)
    RestrictionFactory(organization=agency, is_public=False)

    [row] = with_standing([agency], NOON)

    assert row.organization == agency
    assert [*row.standing.restrictions] == [told]
    assert [*agency_page(agency, NOON)["restrictions"]] == [told]
