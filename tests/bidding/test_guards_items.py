"""What the catalogue says of who commissions and who pays holds for every order of the item."""

from decimal import Decimal

import pytest

from bidding.guards import items
from bidding.guards.tenders import may_submit_tender
from bidding.models import Tender
from tests.bidding.refusals import failing
from tests.bidding.shipped import RULES
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, load_reference
from tests.factories.marketplace import ServiceClassFactory, ServiceItemFactory

pytestmark = pytest.mark.django_db
Fund = Tender.Fund


def order(**fields: object) -> Tender:
    load_reference()
    item = ServiceItemFactory(
        published=True, name="评估", commissioned_by="department", paid_by="department"
    )
    return TenderFactory(item=item, **fields)


@pytest.mark.parametrize(("fund", "holds"), [("fiscal", True), ("private", False), ("", True)])
def test_what_the_department_pays_is_paid_with_fiscal_money(fund, holds):
    verdict = items.fund_suits_the_item(order(fund=fund))

    assert verdict.holds is holds
    if not holds:
        assert verdict.explained == (
            "目录规定“评估”由审批部门付费，须用财政资金，不能转由申请人承担。依据：《优化营商环境条例》第四十三条第三款。"
        )


def test_what_the_department_commissions_is_marked_as_in_an_approval():
    assert items.commission_suits_the_item(order(is_in_approval=True)).holds
    assert items.commission_suits_the_item(order(is_in_approval=False)).refusal == (
        "目录规定“评估”由审批部门委托，须勾选“审批过程中的委托”"
    )


def test_an_item_of_the_applicant_leaves_both_open():
    tender = TenderFactory(fund=Fund.FISCAL)

    assert failing(*items.item_verdicts(tender)) == []


def test_an_order_against_its_item_is_not_submitted():
    tender = order(fund=Fund.PRIVATE, is_in_approval=False)

    assert failing(*may_submit_tender(tender, NOON)) == [
        "fund_suits_the_item",
        "commission_suits_the_item",
    ]


@pytest.mark.parametrize(
    ("counted_as", "must_use", "tendered"),
    [("", 500_000, 1_000_000), ("works", 600_000, 4_000_000), ("goods", 500_000, 2_000_000)],
)
def test_limits_are_those_of_services_unless_a_class_counts_as_something_else(
    counted_as, must_use, tendered
):
    item = ServiceItemFactory(published=True, service_class=ServiceClassFactory(code="C22"))
    tender = TenderFactory(item=item, fund=Fund.FISCAL)
    rules = RULES.changed({f"order.counted_as.{counted_as}.C22": True}) if counted_as else RULES

    assert items.must_use_limit(tender, rules) == Decimal(must_use)
    assert items.tender_limit(tender, rules) == Decimal(tendered)
