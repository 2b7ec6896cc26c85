"""An order's own key: made at publication, in shares at once, and together only for the opening."""

from decimal import Decimal

import pytest

from bidding.actions.sealing import Opener, sealed_offer, sealed_seed
from bidding.models import KeyShare, Offer, OpenedOffer, Tender
from bidding.sealing.envelopes import DoesNotOpen, public_key
from bidding.sealing.keyring import KeyMissing, keyring
from bidding.sealing.receipts import NotSigned
from tests.factories.bidding import SEED, BidFactory, OfferFactory, TenderFactory, unsealed

pytestmark = pytest.mark.django_db


def test_the_private_key_is_in_no_row_and_its_shares_give_it_back() -> None:
    tender = TenderFactory(active=True)
    key = tender.order_key

    private = Opener(tender)._private

    assert public_key(private).hex() == key.public
    assert (key.threshold, key.is_by_officers) == (2, False)
    assert [share.holder for share in key.shares.all()] == [
        *("schedule", "operator", "regulator", "manager")
    ]
    assert not [share for share in key.shares.all() if private in bytes(share.wrapped)]


def test_an_order_from_the_limit_on_is_opened_by_officers_and_the_schedule_holds_no_share() -> None:
    order, below = (
        TenderFactory(active=True, ceiling=Decimal(one)) for one in ("600000.00", "599999.99")
    )

    assert (order.order_key.is_by_officers, below.order_key.is_by_officers) == (True, False)
    assert [share.holder for share in order.order_key.shares.all()] == [
        *("operator", "regulator", "manager")
    ]


def test_one_share_too_few_opens_nothing() -> None:
    tender = TenderFactory(active=True)
    known = [share.key for share in KeyShare.objects.all()]
    KeyShare.objects.exclude(holder="operator").update(key="lost")

    with pytest.raises(KeyMissing):
        Opener(tender)

    KeyShare.objects.filter(holder="manager").update(key=known[3])
    assert Opener(tender).seed_of(tender.seal) == SEED


def test_an_offer_opens_for_its_bidder_and_version_alone() -> None:
    bid, other = BidFactory.create_batch(2, tender=TenderFactory(active=True))
    OfferFactory(bid=bid, amount="80000.00")
    first, second = bid.offers.order_by("version")
    assert [unsealed(first), unsealed(second)] == [90000, 80000]

    moved = [
        Offer(bid=bid, version=2, envelope=first.envelope),
        Offer(bid=other, version=1, envelope=first.envelope),
    ]
    for offer in moved:
        with pytest.raises(DoesNotOpen):
            Opener(bid.tender).contents_of(offer)


def test_what_is_opened_is_kept_beside_its_envelope() -> None:
    bid = BidFactory(amount="81234.56")
    offer = bid.offers.get()
    assert offer.amount is None

    Opener(bid.tender).open([offer])

    row = OpenedOffer.objects.get()
    assert (row.offer, str(row.amount), len(row.part), row.more) == (offer, "81234.56", 64, {})
    assert (offer.amount, str(row)) == (row.amount, str(offer))
    assert Offer.objects.get().envelope == offer.envelope


def test_nothing_is_sealed_for_a_key_that_is_not_ours() -> None:
    tender, other = TenderFactory(active=True), TenderFactory(active=True)
    Tender.objects.filter(pk=tender.pk).update(sealing_key=other.sealing_key)
    bid = BidFactory.build(tender=Tender.objects.get(pk=tender.pk))

    with pytest.raises(NotSigned):
        sealed_seed(bid.tender, SEED)
    with pytest.raises(NotSigned):
        sealed_offer(bid.tender, bid.agency, 1, Opener(other).contents_of(offer_of(other)))


def offer_of(tender: Tender) -> Offer:
    offer: Offer = BidFactory(tender=tender).offers.get()
    return offer


def test_every_order_wraps_with_the_current_key_of_each_holder() -> None:
    share = TenderFactory(active=True).order_key.shares.get(holder="operator")

    assert share.key == keyring().current("operator")
