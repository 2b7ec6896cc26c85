"""
An order is amended while somebody bids: the bid waits, and is of another version then.

Without locks the bid stands on a promise that came after it, which the evidence would refuse.
"""

from datetime import timedelta
from decimal import Decimal

import pytest

from bidding.actions.bids import submit_bid
from bidding.actions.tenders import amend_tender
from bidding.guards.versions import version_of_bid
from bidding.models import Bid, Tender
from marketplace.kernel.verdicts import Refused
from tests.clock import NOON
from tests.connections import race
from tests.factories.bidding import TenderFactory, bidder, load_reference
from tests.factories.marketplace import UserFactory

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
MEANWHILE = NOON - timedelta(seconds=1)


def test_a_bid_that_meets_an_amendment_waits_for_it_and_is_of_another_version(is_locked):
    load_reference()
    tender, owner, by = TenderFactory(active=True), UserFactory(), UserFactory()
    agency = bidder(tender.item)
    seen = version_of_bid(tender, None).token

    found = race(
        lambda: amend_tender(
            tender=tender, reasons="漏项。", by=owner, at=NOON, content="编制测试报告两份。"
        ),
        lambda: submit_bid(
            tender=Tender.objects.get(),
            agency=agency,
            amount=Decimal(80000),
            by=by,
            at=MEANWHILE,
            seen=seen,
        ),
    )

    assert found.waited is is_locked
    error = found.second.error
    said = [one.guard for one in error.verdicts] if isinstance(error, Refused) else []
    assert said == (["nothing_has_changed_since"] if is_locked else [])
    assert Bid.objects.exists() is not is_locked


def test_a_bid_that_was_first_lapses(is_locked):
    load_reference()
    tender, owner, by = TenderFactory(active=True), UserFactory(), UserFactory()
    agency = bidder(tender.item)

    found = race(
        lambda: submit_bid(
            tender=tender, agency=agency, amount=Decimal(80000), by=by, at=MEANWHILE
        ),
        lambda: amend_tender(
            tender=Tender.objects.get(), reasons="漏项。", by=owner, at=NOON, content="编制两份。"
        ),
    )

    assert found.waited is is_locked
    assert found.second.error is None
    assert Bid.objects.get().status == (Bid.Status.LAPSED if is_locked else Bid.Status.ACTIVE)
