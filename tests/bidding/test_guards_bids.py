"""Who may bid until when, and when bids are opened."""

from datetime import timedelta

import pytest

from bidding.guards import bids
from bidding.models import Bid, Tender
from marketplace.models import Membership, ServiceItem
from tests.bidding.refusals import failing
from tests.clock import NOON
from tests.factories.bidding import (
    DEADLINE,
    OPENING,
    PUBLISHED,
    BidFactory,
    TenderFactory,
    bidder,
)
from tests.factories.marketplace import (
    MembershipFactory,
    ServiceClassFactory,
    ServiceItemFactory,
)

pytestmark = pytest.mark.django_db
MICROSECOND = timedelta(microseconds=1)


# --- sign-up ---
def test_an_eligible_agency_may_bid():
    tender = TenderFactory(active=True)

    assert failing(*bids.may_submit_bid(tender, bidder(tender.item), NOON)) == []


def test_bids_are_taken_until_the_last_moment_before_the_deadline():
    tender = TenderFactory.build(active=True, rulebook=None)

    assert bids.tender_takes_bids(tender, DEADLINE - MICROSECOND).holds
    assert not bids.tender_takes_bids(tender, DEADLINE).holds


def test_bids_are_taken_from_the_moment_of_the_publication_on():
    tender = TenderFactory.build(active=True, rulebook=None)

    assert bids.tender_takes_bids(tender, PUBLISHED).holds
    assert not bids.tender_takes_bids(tender, PUBLISHED - MICROSECOND).holds


@pytest.mark.parametrize("status", [status for status in Tender.Status if status != "active"])
def test_bids_are_taken_while_the_order_is_active_only(status):
    tender = TenderFactory.build(was_published=True, rulebook=None, status=status)

    assert not bids.tender_takes_bids(tender, NOON).holds


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({}, ""),
        ({"withdrawn": True}, ""),
        ({"ended": True}, "因信用限制终止 · 赣市监失信〔2026〕1号"),
        ({"excluded": True, "exclusion": "not_qualified"}, "资质已不在有效期"),
        ({"excluded": True, "exclusion": "not_admitted"}, "机构已不在库"),
    ],
)
def test_a_bid_that_was_ended_never_comes_back_and_the_reason_is_the_recorded_one(state, reason):
    bid = BidFactory(**state)

    verdicts = bids.may_submit_bid(bid.tender, bid.agency, NOON)

    refusals = [verdict.refusal for verdict in verdicts if not verdict.holds]
    assert failing(*verdicts) == (["bid_was_not_ended"] if reason else [])
    assert refusals == ([f"这份报名已经失效，不能恢复。原因：{reason}"] if reason else [])


# --- withdraw, decline ---
def test_a_standing_bid_may_be_withdrawn_until_the_deadline():
    bid = BidFactory()

    assert failing(*bids.may_withdraw_bid(bid, DEADLINE - MICROSECOND)) == []
    assert failing(*bids.may_withdraw_bid(bid, DEADLINE)) == ["tender_takes_bids"]


@pytest.mark.parametrize("state", ["withdrawn", "ended", "excluded"])
def test_a_bid_that_does_not_stand_is_not_withdrawn(state):
    bid = BidFactory(**{state: True})

    assert failing(*bids.may_withdraw_bid(bid, NOON)) == ["bid_stands"]


def test_only_the_named_agency_of_a_direct_order_declines():
    item = ServiceItemFactory(published=True)
    named, other = bidder(item), bidder(item)
    direct, sealed = TenderFactory(active=True, item=item, direct=named), TenderFactory(active=True)

    assert failing(*bids.may_decline_order(direct, named, NOON)) == []
    assert failing(*bids.may_decline_order(direct, other, NOON)) == ["agency_is_named"]
    assert failing(*bids.may_decline_order(sealed, named, NOON)) == [
        "tender_names_an_agency",
        "agency_is_named",
    ]


# --- close and open ---
def test_an_order_is_closed_from_its_deadline_on():
    tender = TenderFactory.build(status=Tender.Status.ACTIVE, tender_period_end=DEADLINE)

    assert failing(*bids.may_close_tender(tender, DEADLINE)) == []
    assert failing(*bids.may_close_tender(tender, DEADLINE - MICROSECOND)) == ["sign_up_is_over"]


def test_bids_are_opened_from_the_opening_on():
    tender = TenderFactory.build(status=Tender.Status.CLOSED, opening_at=OPENING)

    assert failing(*bids.may_evaluate_tender(tender, OPENING)) == []
    assert failing(*bids.may_evaluate_tender(tender, OPENING - MICROSECOND)) == ["opening_has_come"]


@pytest.mark.parametrize("status", Tender.Status)
def test_only_active_orders_are_closed_and_closed_ones_opened(status):
    tender = TenderFactory.build(status=status, tender_period_end=DEADLINE, opening_at=OPENING)

    assert bids.tender_is_active(tender).holds is (status == "active")
    assert bids.tender_is_closed(tender).holds is (status == "closed")


def test_the_name_of_a_bid_says_nothing():
    assert str(Bid(slug="abc")) == "abc"


def refusals(agent: Membership, item: ServiceItem) -> list[str]:
    verdicts = bids.may_act_for(agent.organization, agent.user, item)
    return [verdict.refusal for verdict in verdicts if not verdict.holds]


def test_whose_membership_has_ended_acts_for_the_agency_no_more() -> None:
    agent, item = MembershipFactory(role="agency_agent"), ServiceItemFactory(published=True)
    own = {"user": agent.user, "organization": agent.organization}
    assert refusals(agent, item) == []

    agent.is_active = False
    agent.save()
    MembershipFactory(user=agent.user, role="agency_manager")
    MembershipFactory(**own, role="buyer_manager")

    name = agent.organization.name
    assert refusals(agent, item) == [f"您在“{name}”的任职已经结束，不能再代表它办理"]
    MembershipFactory(**own, role="agency_manager")
    assert refusals(agent, item) == []


def test_an_agent_whose_authority_is_limited_acts_in_those_classes_alone() -> None:
    item, others = ServiceItemFactory(published=True), ServiceClassFactory()
    agent = MembershipFactory(role="agency_agent")

    assert refusals(agent, item) == []
    agent.service_classes.set([others])
    assert refusals(agent, item) == [
        f"您的授权不包括“{item.service_class.name}”类别，请由机构管理员办理，或者先变更授权范围"
    ]
    agent.service_classes.add(item.service_class)
    assert refusals(agent, item) == []
    agent.service_classes.set([others])
    MembershipFactory(user=agent.user, organization=agent.organization, role="agency_manager")
    assert refusals(agent, item) == []
