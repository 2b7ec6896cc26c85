"""Who of the pool may not be drawn for an order, and why."""

from __future__ import annotations

import pytest

from bidding.guards.experts import had_no_panel, left_out_of, panel_can_be_seated, pool_of
from bidding.models import Expert, Tender
from marketplace.ownership import HOLDS
from marketplace.ties import UNIT, limits_at
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder
from tests.factories.experts import SCORED_BY_EXPERTS, ExpertFactory, pool
from tests.factories.marketplace import Role, division, party, valid_uscc
from tests.factories.parties import TieFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def order(**parameters: str) -> Tender:
    given = {**SCORED_BY_EXPERTS, **parameters}
    tender: Tender = TenderFactory(active=True, method="experts", parameters=given)
    return tender


def reasons(tender: Tender, *experts: Expert) -> list[str]:
    bidders = [bid.agency for bid in tender.bids.select_related("agency")]
    found = left_out_of(tender, experts, bidders, limits_at(division(), NOON), NOON)
    return [found.get(one.slug, "") for one in experts]


def test_the_pool_holds_those_who_serve_and_know_the_class() -> None:
    tender = order()
    [fit] = pool(tender, 1)
    ExpertFactory()
    pool(tender, 1, status=Expert.Status.SUSPENDED, status_reasons="休假")
    pool(tender, 1, serves_until="2026-06-30")

    assert list(pool_of(tender, NOON)) == [fit]


def test_the_employers_of_the_owners_group_are_left_out_by_the_ownership_graph() -> None:
    tender = order()
    employer = valid_uscc(41)
    [tied] = pool(tender, 1, employer_uscc=employer)
    [free] = pool(tender, 1, employer_uscc=valid_uscc(42))
    TieFactory(
        holder_key=f"{UNIT}{tender.buyer.uscc}",
        held_key=f"{UNIT}{employer}",
        kind=HOLDS,
        share=60,
    )

    assert reasons(tender, tied, free) == ["owner", ""]


def test_named_people_and_officers_of_the_order_are_left_out() -> None:
    tender = order(named_experts="王工 某某研究院 与本项目负责人是同学")
    [named] = pool(tender, 1, name="王工", employer="某某研究院")
    [namesake] = pool(tender, 1, name="王工", employer="另一研究院")
    [officer] = pool(tender, 1, user=tender.reviewed_by)

    assert reasons(tender, named, namesake, officer) == ["named", "", "officer"]


def test_who_acts_for_the_owner_is_left_out_as_the_owners() -> None:
    tender = order()
    [agent, other] = pool(tender, 2)
    party(tender.buyer, Role.BUYER_AGENT, user=agent.user)
    party(bidder(), Role.AGENCY_MANAGER, user=other.user)

    assert reasons(tender, agent, other) == ["owner", ""]


def test_a_panel_needs_as_many_as_it_has_seats() -> None:
    assert panel_can_be_seated(5, 5).holds
    assert panel_can_be_seated(4, 5).refusal == "可以抽取的专家不足，组不成 5 人的评审小组"
    assert not had_no_panel(order())
