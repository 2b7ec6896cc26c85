"""The papers of an order as its pages list them."""

import pytest

from bidding.models import TenderPaper
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

    with django_assert_num_queries(2):
        public = parts_of(tender, is_public=True)

    assert [one.kind for one in public.papers] == ["需求材料（公开，供报价参考）"]
    assert len(parts_of(tender, is_public=False).papers) == 2
