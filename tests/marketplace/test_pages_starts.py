"""Somebody new is told what to do first, and everything that they are told opens."""

import pytest
from django.test import Client

from marketplace.models import Membership
from marketplace.pages.starts import STARTS, first_steps, start_of
from tests.factories.bidding import bidder, load_reference
from tests.factories.marketplace import AuthorityFactory, BuyerFactory, party
from tests.journeys.acts import log_in
from tests.senders import Sender

pytestmark = pytest.mark.django_db

Role = Membership.Role
OF_AGENCY, OF_BUYER = (
    {Role.AGENCY_MANAGER, Role.AGENCY_AGENT},
    {Role.BUYER_MANAGER, Role.BUYER_AGENT},
)


def newcomer(role: Role):
    load_reference()
    if role in OF_AGENCY:
        return party(bidder(), role)
    return party(BuyerFactory().organization if role in OF_BUYER else AuthorityFactory(), role)


@pytest.mark.parametrize("role", Role)
def test_every_first_step_of_a_role_opens_a_page(role: Role) -> None:
    new, client = newcomer(role), Sender()
    log_in(client, new.user)

    steps = first_steps(new)

    assert steps == [*STARTS[role]]
    assert {step.page: client.get(step.url).status_code for step in steps} == {
        step.page: 200 for step in steps
    }


def test_who_holds_two_roles_is_told_of_each_step_once() -> None:
    both = party(AuthorityFactory(), Role.OPERATOR, Role.REGULATOR)

    pages = [step.page for step in first_steps(both)]

    assert pages == [
        "mfa_index",
        "marketplace:admission_queue",
        "bidding:operator_tenders",
        "credit:case_list",
        "credit:standing_list",
    ]


def test_the_workbench_says_how_many_steps_there_are(client: Client) -> None:
    new = newcomer(Role.AGENCY_AGENT)
    client.force_login(new.user)

    page = client.get("/workbench/").content.decode()

    [aside] = start_of(new)
    assert aside.context["count"] == 3
    assert "第一次使用：3 步开始" in page
