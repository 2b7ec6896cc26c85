"""Officers of two offices give a share each, after the deadline, and nobody gives twice."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bidding.guards.openings import (
    given_for,
    may_give_share,
    share_to_give,
    shares_are_given,
    shares_at_hand,
)
from bidding.models import ShareGiven, Tender
from marketplace.parties import Party
from tests.factories.bidding import DEADLINE, OPENING, TenderFactory
from tests.factories.marketplace import AuthorityFactory, UserFactory, division, party

pytestmark = pytest.mark.django_db
LARGE = Decimal(700_000)


@pytest.fixture
def order() -> Tender:
    """An order that officers open, after its deadline."""
    return TenderFactory(closed=True, ceiling=LARGE)


def officer(role: str, place: str = "360000", **others: object) -> Party:
    office = AuthorityFactory(division=division(place))
    return party(office, role, **others)


def give(tender: Tender, giver: Party) -> None:
    ShareGiven.objects.create(
        share=share_to_give(tender, giver),
        round=tender.selection_round,
        given_by=giver.user,
        office=giver.organization,
        given_at=OPENING,
    )


def refusals(tender: Tender, giver: Party) -> list[str]:
    return [one.guard for one in may_give_share(tender, giver, OPENING) if not one.holds]


def test_two_officers_of_two_offices_open(order: Tender) -> None:
    first, second = officer("operator"), officer("regulator")
    same_person = officer("regulator", user=first.user)
    same_office = party(first.organization, "regulator", user=UserFactory())
    assert (shares_are_given(order).refusal, shares_at_hand(order)) == (
        "开启报价需要 2 份密钥，现在有 0 份",
        [],
    )

    assert refusals(order, first) == []
    give(order, first)

    assert not shares_are_given(order).holds
    assert refusals(order, first) == [
        *("share_is_not_given", "officer_gave_none", "office_gave_none")
    ]
    assert refusals(order, officer("operator")) == ["share_is_not_given"]
    assert refusals(order, same_person) == ["officer_gave_none"]
    assert refusals(order, same_office) == ["office_gave_none"]
    assert refusals(order, second) == []
    give(order, second)
    assert shares_are_given(order).holds
    assert [one.given_by for one in given_for(order)] == [first.user, second.user]
    assert [one.holder for one in shares_at_hand(order)] == ["operator", "regulator"]


def test_nothing_is_given_before_the_deadline_nor_by_who_holds_nothing(order: Tender) -> None:
    early = TenderFactory(active=True, ceiling=LARGE)
    asked = may_give_share(early, officer("operator"), DEADLINE - timedelta(microseconds=1))

    assert [one.guard for one in asked if not one.holds] == ["tender_is_closed", "sign_up_is_over"]
    for nobody in (officer("inspector"), officer("operator", "360100")):
        assert refusals(order, nobody) == ["office_holds_a_share"]


def test_what_the_schedule_opens_needs_nobody() -> None:
    order = TenderFactory(closed=True)

    assert shares_are_given(order).holds
    assert given_for(order) == []
    assert len(shares_at_hand(order)) == 4
    assert "officers_open" in refusals(order, officer("operator"))


def test_a_share_of_an_earlier_round_does_not_open_the_next(order: Tender) -> None:
    give(order, officer("operator"))
    give(order, officer("regulator"))
    assert shares_are_given(order).holds

    order.selection_round = 2

    assert not shares_are_given(order).holds
