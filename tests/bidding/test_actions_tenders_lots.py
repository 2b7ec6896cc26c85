"""A draft becomes several lots, each an order of its own."""

import pytest

from bidding.actions.tenders import rerun_tender
from bidding.actions.tenders.lots import divide_tender
from bidding.models import LotGroup, Tender
from bidding.pages.parts import lots_of
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_a_draft_is_divided_into_lots_that_go_their_own_ways():
    draft, by = TenderFactory(title="监测"), UserFactory()
    with refused("lots_are_few"):
        divide_tender(tender=draft, count=21, most_per_agency=None, by=by, at=NOON)
    with refused("limit_is_within_the_lots"):
        divide_tender(tender=draft, count=3, most_per_agency=4, by=by, at=NOON)

    group = divide_tender(tender=draft, count=3, most_per_agency=1, by=by, at=NOON)

    assert [(lot.lot, lot.title, lot.status) for lot in group.lots.order_by("lot")] == [
        (1, "监测", "draft"),
        (2, "监测", "draft"),
        (3, "监测", "draft"),
    ]
    with refused("tender_is_no_lot"):
        divide_tender(tender=draft, count=2, most_per_agency=None, by=by, at=NOON)
    shown = lots_of(Tender.objects.get(pk=draft.pk), is_public=False)
    assert (shown.number, shown.count, shown.most_per_agency) == (1, 3, 1)
    assert [one.number for one in shown.others] == [2, 3]
    assert lots_of(Tender.objects.get(pk=draft.pk), is_public=True).others == []
    assert lots_of(TenderFactory(), is_public=True) is None


def test_a_lot_that_failed_is_run_again_with_its_number():
    failed = TenderFactory(unsuccessful=True)
    group = LotGroup.objects.create(
        buyer=failed.buyer, created_by=failed.created_by, created_at=NOON
    )
    Tender.objects.filter(pk=failed.pk).update(lot_group=group, lot=2)

    again = rerun_tender(tender=failed, by=failed.created_by, at=NOON)

    assert (again.lot_group, again.lot, again.round) == (group, 2, 2)
