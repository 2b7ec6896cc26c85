"""What an agency must have ended before it leaves the platform."""

import pytest

from bidding.guards.exits import may_leave
from marketplace.actions.admissions import withdraw_agency
from marketplace.models import Agency
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.bidding import (
    AwardFactory,
    BidFactory,
    ContractFactory,
    TenderFactory,
    bidder,
)
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def failing(agency) -> dict[str, str]:
    verdicts = may_leave(organization=agency, at=NOON)
    return {verdict.guard: verdict.refusal for verdict in verdicts if not verdict.holds}


def test_an_agency_with_nothing_open_may_leave():
    agency = bidder()
    BidFactory(agency=agency, withdrawn=True)
    BidFactory(agency=agency, ended=True)
    BidFactory()

    assert failing(agency) == {}


@pytest.mark.parametrize(
    ("state", "keeps"),
    [
        ("active", True),
        ("closed", True),
        ("evaluated", True),
        ("complete", False),
        ("unsuccessful", False),
        ("cancelled", False),
    ],
)
def test_a_standing_bid_keeps_its_agency_until_the_result_is_registered(state, keeps):
    agency = bidder()
    BidFactory(tender=TenderFactory(**{state: True}), agency=agency)

    assert ("agency_has_no_standing_bid" in failing(agency)) is keeps


@pytest.mark.parametrize(
    ("state", "keeps"),
    [("pending", True), ("active", True), ("complete", False), ("cancelled", False)],
)
def test_a_result_keeps_the_winner_until_it_is_signed_or_cancelled(state, keeps):
    award = AwardFactory(**({} if state == "pending" else {state: True}))

    expected = {"agency_has_no_open_award": "还有 1 个中选结果没有签约"} if keeps else {}
    assert failing(award.bid.agency) == expected


@pytest.mark.parametrize(
    ("state", "keeps"),
    [
        ("active", True),
        ("delivered", True),
        ("accepted", True),
        ("rated", False),
        ("archived", False),
    ],
)
def test_a_contract_keeps_the_agency_until_it_is_rated(state, keeps):
    contract = ContractFactory(**{state: True})

    expected = {"agency_has_no_open_contract": "还有 1 份合同没有办结"} if keeps else {}
    assert failing(contract.award.bid.agency) == expected


def test_a_contract_that_was_ended_keeps_nobody():
    contract = ContractFactory(terminated=True, award=AwardFactory(cancelled=True))

    assert failing(contract.award.bid.agency) == {}


def test_leaving_with_a_standing_bid_is_refused_and_changes_nothing():
    agency, manager = bidder(), UserFactory()
    BidFactory(agency=agency)

    with refused("agency_has_no_standing_bid"):
        withdraw_agency(agency=agency.agency, by=manager, at=NOON)

    assert Agency.objects.get(pk=agency.pk).status == Agency.Status.ACTIVE
