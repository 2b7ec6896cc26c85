"""What a side is asked to do in bidding: only what it can do now."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bidding.models import Award
from bidding.pages.workbench import nav, todos
from marketplace.parties import Party
from marketplace.web.workbench import SHOWN
from tests.clock import NOON
from tests.factories.bidding import (
    SIGN_DUE,
    SIGNED,
    AwardFactory,
    ContractFactory,
    ContractUploadFactory,
    TenderFactory,
    bidder,
    load_reference,
)
from tests.factories.marketplace import BuyerFactory, Role, party

pytestmark = pytest.mark.django_db


def sides(award: Award) -> tuple[Party, Party]:
    """Return the buyer and the agency of an award."""
    return (
        party(award.tender.buyer, Role.BUYER_MANAGER),
        party(award.bid.agency, Role.AGENCY_MANAGER),
    )


def asked(person: Party) -> list[str]:
    return [str(todo.title) for todo in todos(person, NOON)]


def test_both_sides_are_asked_to_sign_while_no_text_is_up():
    award = AwardFactory(active=True)
    buyer, agency = sides(award)

    assert asked(buyer) == asked(agency) == ["签订合同"]
    [todo] = todos(agency, NOON)
    assert (todo.due_at, todo.rule) == (SIGN_DUE, "contract.sign")


@pytest.mark.parametrize("is_by_agency", [True, False])
def test_while_a_text_waits_for_an_answer_only_the_other_side_is_asked(*, is_by_agency):
    contract = ContractFactory()
    buyer, agency = sides(contract.award)
    own, other = (agency, buyer) if is_by_agency else (buyer, agency)
    ContractUploadFactory(contract=contract, organization=own.organization)

    assert asked(own) == []
    assert asked(other) == ["确认合同文本"]


def test_after_a_text_went_back_both_sides_are_asked_again():
    contract = ContractFactory()
    buyer, agency = sides(contract.award)
    ContractUploadFactory(contract=contract, rejected_at=SIGNED, reject_reasons="金额不符。")

    assert asked(buyer) == asked(agency) == ["签订合同"]


def test_the_texts_of_many_contracts_are_asked_for_at_once(django_assert_num_queries):
    buyer = sides(ContractFactory().award)[0]

    def another() -> None:
        contract = ContractFactory(award__tender__buyer=buyer.organization)
        ContractUploadFactory(contract=contract)

    another()
    with CaptureQueriesContext(connection) as few:
        assert len(todos(buyer, NOON)) == 2
    for _time in range(3):
        another()
    with django_assert_num_queries(len(few)):
        assert len(todos(buyer, NOON)) == 5


def test_a_new_owners_empty_workbench_offers_the_first_act():
    owner = party(BuyerFactory().organization, Role.BUYER_MANAGER)

    assert [(str(todo.title), todo.url) for todo in todos(owner, NOON)] == [
        ("发布第一项采购", "/buyer/tenders/new/")
    ]

    TenderFactory(active=True, buyer=owner.organization)
    assert todos(owner, NOON) == []


def test_orders_to_sign_up_for_are_counted_as_far_as_a_workbench_lists_them():
    load_reference()
    order = TenderFactory(active=True)
    agency = bidder(order.item)
    member = party(agency, Role.AGENCY_MANAGER)

    entry = nav(member, NOON)[0]
    assert (entry.count, entry.is_more) == (1, False)
    TenderFactory.create_batch(SHOWN, active=True, item=order.item, buyer=order.buyer)
    entry = nav(member, NOON)[0]
    assert (entry.count, entry.is_more) == (SHOWN, True)
