"""The papers of an order as its pages list them."""

import pytest

from bidding.models import Exemption, TenderPaper, Witness
from bidding.pages.parts import parts_of
from tests.clock import NOON
from tests.factories.bidding import DocumentFactory, TenderFactory


@pytest.mark.django_db
def test_the_public_reads_requirements_alone(django_assert_num_queries):
    tender = TenderFactory(active=True)
    for kind in ("requirement", "approval"):
        TenderPaper.objects.create(
            tender=tender, kind=kind, document=DocumentFactory(), added_at=NOON
        )

    Exemption.objects.create(
        tender=tender,
        check_name="order_is_not_split",
        reasons="抢险救灾",
        document=DocumentFactory(),
        added_at=NOON,
    )
    Witness.objects.create(tender=tender, unit="赣州市公证处", name="王公证", added_at=NOON)

    with django_assert_num_queries(4):
        public = parts_of(tender, is_public=True)

    assert [one.kind for one in public.papers] == ["需求材料（公开，供报价参考）"]
    own = parts_of(tender, is_public=False)
    assert len(own.papers) == 2
    assert [(one.check, one.reasons, one.document) for one in public.exemptions] == [
        ("同一项目同一事项合计达到限额", "抢险救灾", None)
    ]
    assert own.exemptions[0].document == Exemption.objects.get().document
    assert [(one.unit, one.name) for one in public.witnesses] == [("赣州市公证处", "王**")]
    assert own.witnesses[0].name == "王公证"
