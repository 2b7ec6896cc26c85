"""Who may bid until when, and when bids are opened."""

from datetime import date, timedelta

import pytest

from bidding.guards import agencies, bids
from bidding.models import Bid, Tender
from bidding.selection.methods import METHODS
from credit.models import Measure
from tests.bidding.refusals import failing
from tests.clock import NOON
from tests.factories.bidding import (
    DEADLINE,
    OPENING,
    PUBLISHED,
    BidFactory,
    TenderFactory,
    bidder,
)
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import (
    AgencyFactory,
    QualificationFactory,
    ServiceClassFactory,
    ServiceItemFactory,
)

pytestmark = pytest.mark.django_db
MICROSECOND = timedelta(microseconds=1)


# --- sign-up ---
def test_an_eligible_agency_may_bid():
    tender = TenderFactory(active=True)

    assert failing(*bids.may_submit_bid(tender, bidder(tender.item), NOON)) == []


def test_bids_are_taken_until_the_last_moment_before_the_deadline():
    tender = TenderFactory.build(active=True, rulebook=None)

    assert bids.tender_takes_bids(tender, DEADLINE - MICROSECOND).holds
    assert not bids.tender_takes_bids(tender, DEADLINE).holds


def test_bids_are_taken_from_the_moment_of_the_publication_on():
    tender = TenderFactory.build(active=True, rulebook=None)

    assert bids.tender_takes_bids(tender, PUBLISHED).holds
    assert not bids.tender_takes_bids(tender, PUBLISHED - MICROSECOND).holds


@pytest.mark.parametrize("status", [status for status in Tender.Status if status != "active"])
def test_bids_are_taken_while_the_order_is_active_only(status):
    tender = TenderFactory.build(was_published=True, rulebook=None, status=status)

    assert not bids.tender_takes_bids(tender, NOON).holds


@pytest.mark.parametrize("state", ["submitted", "returned", "publicity", "withdrawn"])
def test_an_agency_bids_only_while_it_is_admitted(state):
    agency = AgencyFactory(**{state: True}).organization

    assert not agencies.agency_is_admitted(agency).holds


def test_a_qualification_counts_from_its_first_to_its_last_day_in_its_class_alone():
    item, agency = ServiceItemFactory(), AgencyFactory(active=True)
    certificate = QualificationFactory(
        agency=agency,
        service_class=item.service_class,
        valid_from=date(2026, 11, 24),
        valid_until=date(2026, 11, 24),
    )
    midnight, organization = NOON.replace(hour=0), agency.organization

    for at, holds in [
        (midnight - MICROSECOND, False),
        (midnight, True),
        (midnight + timedelta(days=1) - MICROSECOND, True),
        (midnight + timedelta(days=1), False),
    ]:
        assert agencies.agency_is_qualified(organization, item, at).holds is holds
    other = ServiceItemFactory()
    verdict = agencies.agency_is_qualified(organization, other, NOON)
    assert verdict.refusal == f"机构没有在有效期内的“{other.service_class}”类别资质"
    assert certificate.service_class != other.service_class


@pytest.mark.parametrize(
    ("kind", "is_of_class", "holds"),
    [
        (Measure.FREEZE, None, False),
        (Measure.FREEZE, True, False),
        (Measure.FREEZE, False, True),
        (Measure.REMOVAL, None, False),
        (Measure.NO_PREFERENCE, None, True),
        (Measure.WARNING, None, True),
    ],
)
def test_a_blocking_restriction_of_the_class_or_of_all_keeps_an_agency_out(
    kind, is_of_class, holds
):
    item = ServiceItemFactory()
    of_class = {None: None, True: item.service_class, False: ServiceClassFactory()}[is_of_class]
    agency = RestrictionFactory(kind=kind, service_class=of_class).organization

    assert agencies.agency_is_unrestricted(agency, item, NOON).holds is holds
    assert agencies.agency_is_unrestricted(agency, item, NOON - MICROSECOND).holds


def test_a_buyer_does_not_bid_for_its_own_order():
    agency = bidder()

    assert not agencies.agency_is_not_the_buyer(Tender(buyer=agency), agency).holds
    assert agencies.agency_is_not_the_buyer(Tender(buyer=agency), bidder()).holds


@pytest.mark.parametrize(
    ("state", "holds"),
    [
        ({}, True),
        ({"withdrawn": True}, True),
        ({"ended": True}, False),
        ({"excluded": True}, False),
    ],
)
def test_a_bid_that_was_ended_never_comes_back(state, holds):
    bid = BidFactory(**state)

    verdicts = bids.may_submit_bid(bid.tender, bid.agency, NOON)

    assert failing(*verdicts) == ([] if holds else ["bid_was_not_ended"])


# --- withdraw, decline ---
def test_a_standing_bid_may_be_withdrawn_until_the_deadline():
    bid = BidFactory()

    assert failing(*bids.may_withdraw_bid(bid, DEADLINE - MICROSECOND)) == []
    assert failing(*bids.may_withdraw_bid(bid, DEADLINE)) == ["tender_takes_bids"]


@pytest.mark.parametrize("state", ["withdrawn", "ended", "excluded"])
def test_a_bid_that_does_not_stand_is_not_withdrawn(state):
    bid = BidFactory(**{state: True})

    assert failing(*bids.may_withdraw_bid(bid, NOON)) == ["bid_stands"]


def test_only_the_named_agency_of_a_direct_order_declines():
    item = ServiceItemFactory(published=True)
    named, other = bidder(item), bidder(item)
    direct, sealed = TenderFactory(active=True, item=item, direct=named), TenderFactory(active=True)

    assert failing(*bids.may_decline_order(direct, named, NOON)) == []
    assert failing(*bids.may_decline_order(direct, other, NOON)) == ["agency_is_named"]
    assert failing(*bids.may_decline_order(sealed, named, NOON)) == [
        "tender_names_an_agency",
        "agency_is_named",
    ]


# --- close and open ---
def test_an_order_is_closed_from_its_deadline_on():
    tender = TenderFactory.build(status=Tender.Status.ACTIVE, tender_period_end=DEADLINE)

    assert failing(*bids.may_close_tender(tender, DEADLINE)) == []
    assert failing(*bids.may_close_tender(tender, DEADLINE - MICROSECOND)) == ["sign_up_is_over"]


def test_bids_are_opened_from_the_opening_on():
    tender = TenderFactory.build(status=Tender.Status.CLOSED, opening_at=OPENING)

    assert failing(*bids.may_evaluate_tender(tender, OPENING)) == []
    assert failing(*bids.may_evaluate_tender(tender, OPENING - MICROSECOND)) == ["opening_has_come"]


@pytest.mark.parametrize("status", Tender.Status)
def test_only_active_orders_are_closed_and_closed_ones_opened(status):
    tender = TenderFactory.build(status=status, tender_period_end=DEADLINE, opening_at=OPENING)

    assert bids.tender_is_active(tender).holds is (status == "active")
    assert bids.tender_is_closed(tender).holds is (status == "closed")


def test_an_order_fails_with_too_few_bids_and_says_so():
    lowest, direct = METHODS["lowest"], METHODS["direct"]

    assert lowest.enough_bids(3, 3).holds
    assert lowest.enough_bids(2, 3).refusal == "有效报名 2 家，少于规则要求的 3 家"
    assert direct.enough_bids(1, 1).holds
    assert direct.enough_bids(0, 1).refusal == "公告所列机构在期限内没有接受"


def test_the_name_of_a_bid_says_nothing():
    assert str(Bid(slug="abc")) == "abc"
