"""Officers of two offices give a share each, after the deadline, and nobody gives twice."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bidding.guards.openings import given_for, may_give_share, shares_are_given, shares_at_hand
from bidding.models import KeyShare, ShareGiven, Tender
from marketplace.models import Organization, User
from tests.factories.bidding import DEADLINE, OPENING, TenderFactory
from tests.factories.marketplace import AuthorityFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Tender:
    """An order that officers open, after its deadline."""
    return TenderFactory(closed=True, ceiling=Decimal(700_000))


def share_of(tender: Tender, holder: str) -> KeyShare:
    share: KeyShare = tender.order_key.shares.get(holder=holder)
    return share


def give(tender: Tender, holder: str, by: User, office: Organization) -> None:
    share, spoken = share_of(tender, holder), tender.selection_round
    ShareGiven.objects.create(
        share=share, round=spoken, given_by=by, office=office, given_at=OPENING
    )


def refusals(tender: Tender, holder: str, by: User, office: Organization) -> list[str]:
    share = tender.order_key.shares.filter(holder=holder).first()
    asked = may_give_share(tender, share, office, by, OPENING)
    return [verdict.guard for verdict in asked if not verdict.holds]


def test_two_officers_of_two_offices_open(order: Tender) -> None:
    first, second = UserFactory(), UserFactory()
    one, other = AuthorityFactory(), AuthorityFactory()
    assert (shares_are_given(order).refusal, shares_at_hand(order)) == (
        "开启报价需要 2 份密钥，现在有 0 份",
        [],
    )

    assert refusals(order, "operator", first, one) == []
    give(order, "operator", first, one)
    assert not shares_are_given(order).holds
    assert refusals(order, "operator", second, other) == ["share_is_not_given"]
    assert refusals(order, "regulator", first, other) == ["officer_gave_none"]
    assert refusals(order, "regulator", second, one) == ["office_gave_none"]
    assert refusals(order, "regulator", second, other) == []
    give(order, "regulator", second, other)

    assert shares_are_given(order).holds
    assert [one.given_by for one in given_for(order)] == [first, second]
    assert [one.holder for one in shares_at_hand(order)] == ["operator", "regulator"]


def test_nothing_is_given_before_the_deadline_nor_by_who_holds_nothing(order: Tender) -> None:
    by, office = UserFactory(), AuthorityFactory()
    early = TenderFactory(active=True, ceiling=Decimal(700_000))
    share = share_of(early, "operator")
    asked = may_give_share(early, share, office, by, DEADLINE - timedelta(microseconds=1))

    assert [one.guard for one in asked if not one.holds] == ["tender_is_closed", "sign_up_is_over"]
    assert refusals(order, "schedule", by, office) == ["office_holds_a_share"]


def test_what_the_schedule_opens_needs_nobody() -> None:
    order = TenderFactory(closed=True)

    assert shares_are_given(order).holds
    assert given_for(order) == []
    assert len(shares_at_hand(order)) == 4
    assert "officers_open" in refusals(order, "operator", UserFactory(), AuthorityFactory())


def test_a_share_of_an_earlier_round_does_not_open_the_next(order: Tender) -> None:
    give(order, "operator", UserFactory(), AuthorityFactory())
    give(order, "regulator", UserFactory(), AuthorityFactory())
    assert shares_are_given(order).holds

    order.selection_round = 2

    assert not shares_are_given(order).holds
