"""A group has each number once, and an order has both or neither of group and number."""

import pytest
from django.db import IntegrityError, transaction

from bidding.models import LotGroup, Tender
from tests.clock import NOON
from tests.factories.bidding import TenderFactory

pytestmark = pytest.mark.django_db


def test_a_lot_has_a_number_of_its_own_in_its_group():
    one, two = TenderFactory(), TenderFactory()
    group = LotGroup.objects.create(buyer=one.buyer, created_by=one.created_by, created_at=NOON)
    Tender.objects.filter(pk=one.pk).update(lot_group=group, lot=1)

    for wrong in ({"lot_group": group, "lot": 1}, {"lot": 1}, {"lot_group": group}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Tender.objects.filter(pk=two.pk).update(**wrong)

    Tender.objects.filter(pk=two.pk).update(lot_group=group, lot=2)
    assert list(group.lots.order_by("lot")) == [one, two]
