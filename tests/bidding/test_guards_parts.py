"""How many papers and avoided agencies an order may have, and that an avoided one cannot bid."""

from decimal import Decimal

import pytest

from bidding.actions.bids import submit_bid
from bidding.guards import parts as guards
from bidding.models import AvoidedAgency
from tests.bidding.refusals import ASKED, failing, refused
from tests.bidding.shipped import RULES
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder
from tests.factories.marketplace import party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
WHY = "与本项目设计单位有控股关系。"


def test_papers_and_avoided_agencies_are_counted():
    assert [guards.papers_are_few(count, RULES).holds for count in (10, 11)] == [True, False]
    assert [guards.avoided_are_few(count, RULES).holds for count in (3, 4)] == [True, False]
    assert [guards.witnesses_are_few(count, RULES).holds for count in (5, 6)] == [True, False]


@pytest.mark.parametrize("state", ["submitted", "active"])
def test_what_an_officer_has_to_read_stays_as_it_is(state):
    tender = TenderFactory(**{state: True})

    assert failing(*guards.may_add_papers(tender, 1, RULES)) == ["tender_is_editable"]
    assert failing(*guards.may_avoid(tender, None, RULES)) == ["tender_is_editable"]
    assert failing(*guards.may_exempt(tender, None)) == ["tender_is_editable"]
    assert failing(*guards.may_invite(tender, None, RULES)) == ["tender_is_editable"]


def test_an_avoided_agency_does_not_bid_and_is_told_the_public_reason():
    tender = TenderFactory(active=True)
    agency, other = bidder(tender.item), bidder(tender.item)
    AvoidedAgency.objects.create(tender=tender, agency=agency, reasons=WHY, added_at=NOON)
    by = party(agency, "agency_manager").user

    with refused("agency_is_not_avoided", keeps=ASKED):
        submit_bid(tender=tender, agency=agency, amount=Decimal(80000), by=by, at=NOON)

    by = party(other, "agency_manager").user
    submit_bid(tender=tender, agency=other, amount=Decimal(80000), by=by, at=NOON)
    assert tender.bids.get().agency == other
