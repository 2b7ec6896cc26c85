"""To whom a project may be sent, and what is said otherwise."""

from __future__ import annotations

from bidding.guards.pushes import (
    dismissal_reasons_are_given,
    may_take_up,
    owner_has_this_name,
    owner_is_registered,
    owner_was_checked,
    project_waits_for_an_order,
    says_what_it_said,
)
from bidding.models import PushedProject
from marketplace.models import Buyer, Organization
from tests.clock import NOON

OWNER = Buyer(organization=Organization(name="赣州市水利局"), status=Buyer.Status.REGISTERED)


def test_an_owner_is_registered_checked_and_of_this_name() -> None:
    assert not owner_is_registered(None).holds
    assert not owner_was_checked(OWNER).holds
    assert owner_was_checked(Buyer(status=Buyer.Status.CHECKED)).holds
    assert owner_has_this_name(OWNER, "赣州市 水利局").holds
    assert not owner_has_this_name(OWNER, "赣州市林业局").holds


def test_a_project_is_what_it_was_and_is_drafted_once() -> None:
    known = PushedProject(title="河道", contact_name="李敏")

    other = says_what_it_said(known, {"title": "桥", "contact_name": "王敏"})

    assert says_what_it_said(known, {"title": "河道"}).holds
    assert "项目名称、联系人与上次不同" in other.refusal
    assert project_waits_for_an_order(known).holds
    assert not project_waits_for_an_order(PushedProject(tender_id=1)).holds


def test_a_dismissed_project_is_neither_drafted_nor_dismissed_again() -> None:
    known = PushedProject(dismissed_at=NOON, dismissal_reasons="名称有误")

    failed = [verdict for verdict in may_take_up(known) if not verdict.holds]

    assert [verdict.guard for verdict in failed] == ["project_is_not_dismissed"]
    assert "名称有误" in str(failed[0].refusal)
    assert dismissal_reasons_are_given("x").holds
    assert not dismissal_reasons_are_given(" ").holds
