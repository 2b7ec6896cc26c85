"""The orders of the public lists."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bidding.forms.sorts import (
    agency_orders,
    award_orders,
    item_orders,
    publicity_orders,
    tender_orders,
    tenders_in_turn,
)
from bidding.models import Tender
from tests.clock import NOON
from tests.factories.bidding import TenderFactory

pytestmark = pytest.mark.django_db


def test_every_list_has_its_orders_the_first_one_unasked() -> None:
    found = [
        *(tender_orders(), award_orders(), agency_orders()),
        *(item_orders(), publicity_orders()),
    ]

    assert [[order.name for order in orders] for orders in found] == [
        ["deadline", "newest", "ceiling"],
        ["newest", "amount"],
        ["awards", "rating", "newest"],
        ["class", "open"],
        ["ending", "latest"],
    ]


def test_every_order_ends_with_the_key_so_that_pages_never_share_a_row() -> None:
    for order in [*tender_orders(), *award_orders()]:
        assert order.by[-1] == "-pk"
    for order in [*item_orders(), *publicity_orders()]:
        assert order.by[-1] in {"pk", "-pk"}


def test_by_deadline_the_open_orders_come_first_and_then_the_newest() -> None:
    later = TenderFactory(active=True, tender_period_end=NOON + timedelta(days=3))
    sooner = TenderFactory(active=True, tender_period_end=NOON + timedelta(days=2))
    over = TenderFactory(active=True, tender_period_end=NOON - timedelta(hours=1))

    found = tenders_in_turn(Tender.objects.public(), tender_orders()[0], NOON)

    assert (found.count(), found.counts) == (3, [2, 1])
    assert found[0:20] == [sooner.pk, later.pk, over.pk]
    assert found[1:3] == [later.pk, over.pk]


def test_by_another_order_it_does_not_matter_what_is_open() -> None:
    cheap = TenderFactory(active=True, ceiling=Decimal(10_000))
    dear = TenderFactory(complete=True, ceiling=Decimal(90_000))

    found = tenders_in_turn(Tender.objects.public(), tender_orders()[2], NOON)

    assert found[0:20] == [dear.pk, cheap.pk]
