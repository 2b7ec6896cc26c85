"""The acts on an order that more than one page offers."""

import pytest
from django.forms import Form

from bidding.pages.acts import cancel_act, decline_act, return_act
from tests.clock import NOON
from tests.factories.bidding import DEADLINE, TenderFactory, bidder
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def test_the_named_agency_declines_on_a_page_that_asks_first() -> None:
    agency = bidder()
    tender = TenderFactory(active=True, direct=agency)

    act = decline_act(tender, agency, NOON)

    assert (act.name, act.url) == ("bid_decline", f"/tenders/{tender.code}/bid/decline/")
    assert (act.is_offered, act.kind, act.form) == (True, "danger", None)
    [late] = decline_act(tender, agency, DEADLINE).failed
    assert late.guard == "tender_takes_bids"


def test_an_officer_sends_an_order_back_with_a_form_on_the_page() -> None:
    tender = TenderFactory(submitted=True)

    act = return_act(tender, UserFactory(), NOON, Form())

    assert (act.name, act.url) == ("operator_return", f"/operator/tenders/{tender.slug}/return/")
    assert (act.is_drawn_as_form, act.is_offered) == (True, False)
    [own] = return_act(tender, tender.created_by, NOON, Form()).failed
    assert own.guard == "officer_is_not_of_the_buyer"


def test_a_buyer_calls_an_order_off_until_its_deadline() -> None:
    tender = TenderFactory(active=True)

    act = cancel_act(tender, NOON)

    assert (act.url, act.is_offered) == (f"/buyer/tenders/{tender.slug}/cancel/", True)
    assert not cancel_act(tender, DEADLINE).is_offered
