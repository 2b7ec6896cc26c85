"""Lots are opened in the order of their numbers, and who has won enough takes no more part."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bidding.actions.deadlines import OPENING as OPENING_KIND
from bidding.actions.tenders.lots import divide_tender
from bidding.actions.tenders.opening import evaluate_tender, open_hall
from bidding.guards import lots as guards
from bidding.guards.tenders import may_submit_tender
from bidding.models import Hall, LotGroup, Tender
from bidding.models.deadlines import OrderDeadline
from marketplace.kernel.deadlines import suspend
from marketplace.kernel.models.deadlines import MATTER
from tests.bidding.openings import evidence_of, opened
from tests.bidding.refusals import failing, refused
from tests.bidding.shipped import RULES
from tests.clock import NOON
from tests.factories.bidding import OPENING, AwardFactory, BidFactory, TenderFactory, bidder
from tests.factories.marketplace import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def lots(most: int | None = 1, count: int = 2, **fields) -> list[Tender]:
    """Return closed lots of one matter, with private money, so that one bid is enough."""
    first = TenderFactory(closed=True, fund="private", **fields)
    group = LotGroup.objects.create(
        buyer=first.buyer, most_per_agency=most, created_by=first.created_by, created_at=NOON
    )
    of = {"buyer": first.buyer, "item": first.item, "division": first.division, "fund": "private"}
    others = [TenderFactory(closed=True, **of) for _more in range(count - 1)]
    for number, lot in enumerate([first, *others], start=1):
        Tender.objects.filter(pk=lot.pk).update(lot_group=group, lot=number)
    return [Tender.objects.get(pk=lot.pk) for lot in (first, *others)]


def bids(tenders, agency, amount):
    for tender in tenders:
        BidFactory(tender=tender, agency=agency, amount=Decimal(amount))


def test_who_has_won_as_many_lots_as_one_may_is_left_out_of_the_next():
    one, two = lots()
    cheap, dear = bidder(one.item), bidder(one.item)
    bids((one, two), cheap, 80_000)
    bids((one, two), dear, 90_000)

    with refused("earlier_lots_are_opened"):
        evaluate_tender(tender=two, at=OPENING)
    one, two = opened(one), opened(two)

    assert evidence_of(one)["winner"] == cheap.uscc
    assert evidence_of(two)["winner"] == dear.uscc
    left_out = two.bids.get(agency=cheap)
    assert (left_out.status, left_out.exclusion) == ("excluded", "lots_won")
    assert left_out.void_reason == "已中选同一采购的其他包，达到一家机构最多中选的包数"


def test_no_hall_opens_before_the_lots_before_it_are_decided():
    one, two = lots()
    Tender.objects.filter(pk=two.pk).update(method="auction")
    bids((one, two), bidder(one.item), 80_000)

    with refused("earlier_lots_are_opened"):
        open_hall(tender=two, at=OPENING)

    assert Tender.objects.get(pk=two.pk).status == "closed"
    assert not Hall.objects.exists()


def test_lots_without_a_limit_are_opened_in_any_order_and_won_by_anybody():
    one, two = lots(most=None)
    agency = bidder(one.item)
    bids((one, two), agency, 80_000)

    assert opened(two).is_opened
    assert evidence_of(opened(one))["winner"] == agency.uscc


@pytest.mark.parametrize("state", ["unsuccessful", "cancelled", "later", "suspended"])
def test_an_earlier_lot_that_is_not_due_holds_nobody_up(state):
    one, two = lots()
    if state == "later":
        one.deadlines.filter(kind=OrderDeadline.OPENING).update(ends_at=OPENING + timedelta(days=1))
    elif state == "suspended":
        suspend([OPENING_KIND], one, NOON, why=MATTER)
    else:
        other = TenderFactory(**{state: True})
        Tender.objects.filter(pk=other.pk).update(lot_group=one.lot_group, lot=3)
        Tender.objects.filter(pk=one.pk).update(lot_group=None, lot=None)
        Tender.objects.filter(pk=other.pk).update(lot=1)

    assert guards.earlier_lots_are_opened(two).holds


def test_a_cancelled_award_is_no_lot_won():
    one, two = lots()
    bids((one,), bidder(one.item), 80_000)
    one = opened(one)
    [bid] = one.bids.all()
    assert guards.full_agencies(two) == {bid.agency.uscc}

    Tender.objects.filter(pk=one.pk).update(
        status="complete", completed_at=OPENING, registered_by=UserFactory()
    )
    award = AwardFactory(tender=one, bid=bid)
    assert guards.full_agencies(two) == {bid.agency.uscc}
    type(award).objects.filter(pk=award.pk).update(
        status="cancelled", cancelled_at=OPENING, cancel_reasons="放弃"
    )
    assert guards.full_agencies(two) == frozenset()


def test_the_numbers_of_lots_are_asked_for():
    assert [guards.lots_are_few(count, RULES).holds for count in (1, 2, 20, 21)] == [
        *(False, True, True, False)
    ]
    assert [guards.limit_is_within_the_lots(3, most).holds for most in (None, 1, 3, 4)] == [
        *(True, True, True, False)
    ]


def test_where_wins_are_limited_no_owner_chooses():
    draft = TenderFactory(fund="private", method="shortlist")
    assert "limited_lot_leaves_no_choice" not in failing(*may_submit_tender(draft, NOON))

    divide_tender(tender=draft, count=2, most_per_agency=1, by=draft.created_by, at=NOON)

    draft = Tender.objects.get(pk=draft.pk)
    assert "limited_lot_leaves_no_choice" in failing(*may_submit_tender(draft, NOON))
