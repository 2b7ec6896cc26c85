"""What an order has several of goes with it into a copy, and away with a draft."""

import pytest

from bidding.actions.tenders import copy_tender, delete_tender
from bidding.models import AvoidedAgency, Exemption, TenderPaper, Witness
from tests.clock import NOON
from tests.factories.bidding import DocumentFactory, TenderFactory, bidder
from tests.factories.marketplace import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
WHY = "与本项目设计单位有控股关系。"


def test_a_copy_has_the_papers_and_the_avoided_agencies_too():
    tender, agency = TenderFactory(), bidder()
    TenderPaper.objects.create(
        tender=tender, kind="approval", document=DocumentFactory(), added_at=NOON
    )
    AvoidedAgency.objects.create(tender=tender, agency=agency, reasons=WHY, added_at=NOON)

    Witness.objects.create(tender=tender, unit="赣州市公证处", name="王公证", added_at=NOON)
    Exemption.objects.create(
        tender=tender,
        check_name="order_is_not_split",
        reasons="抢险救灾",
        document=DocumentFactory(),
        added_at=NOON,
    )

    copy = copy_tender(tender=tender, by=UserFactory(), at=NOON)

    assert copy.papers.get().document == tender.papers.get().document
    assert (copy.avoided.get().agency, copy.avoided.get().reasons) == (agency, WHY)
    assert copy.witnesses.get().name == "王公证"
    assert not copy.exemptions.exists()  # it was for that order's amount
    delete_tender(tender=tender, by=UserFactory(), at=NOON)
    assert (TenderPaper.objects.count(), AvoidedAgency.objects.count()) == (1, 1)
