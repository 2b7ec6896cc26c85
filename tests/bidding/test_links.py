"""Where a message leads to."""

import pytest

from bidding.links import to_bid, to_contract, to_operated, to_tender
from tests.factories.bidding import AwardFactory, TenderFactory

pytestmark = pytest.mark.django_db


def test_a_published_order_has_its_public_page_a_draft_the_buyers_own() -> None:
    public, draft = TenderFactory(active=True), TenderFactory()

    assert to_tender(public) == f"/tenders/{public.code}/"
    assert to_tender(draft) == f"/buyer/tenders/{draft.slug}/"


def test_bidders_officers_and_both_sides_of_a_contract_have_pages_of_their_own() -> None:
    award = AwardFactory()

    assert to_bid(award.tender) == f"/tenders/{award.tender.code}/bid/"
    assert to_operated(award.tender) == f"/operator/tenders/{award.tender.slug}/"
    assert to_contract(award) == f"/contracts/{award.tender.slug}/"
