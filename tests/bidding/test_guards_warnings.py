"""What is shown to look at, and refuses nothing."""

from decimal import Decimal

import pytest

from bidding.guards import warnings as guards
from bidding.models import Tender
from tests.clock import NOON
from tests.factories.bidding import TenderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
Fund = Tender.Fund


@pytest.mark.parametrize(
    ("fund", "ceiling", "holds"),
    [
        (Fund.FISCAL, "499999.99", True),
        (Fund.FISCAL, "500000.00", False),
        (Fund.PRIVATE, "500000.00", True),
    ],
)
def test_fiscal_money_from_the_county_limit_on_is_warned_of(fund, ceiling, holds):
    tender = TenderFactory(fund=fund, ceiling=Decimal(ceiling))

    assert guards.warnings_of(tender, NOON)[0].holds is holds


def test_parts_of_one_project_are_added_up():
    first = TenderFactory(
        fund=Fund.FISCAL, project_code="2610-360702-04-01-218846", ceiling=Decimal(400000)
    )
    same = {
        "fund": Fund.FISCAL,
        "project_code": first.project_code,
        "buyer": first.buyer,
        "item": first.item,
    }
    small = TenderFactory(**same, ceiling=Decimal("99999.99"))
    assert guards.warnings_of(small, NOON)[1].holds
    small.delete()

    second = TenderFactory(**same, ceiling=Decimal(100000))

    assert guards.warnings_of(second, NOON)[1].refusal == (
        "同一项目同一事项的采购合计 ¥500,000.00，超过限额，请确认没有拆分"
    )


def test_a_part_that_was_given_up_is_not_added():
    gone = TenderFactory(
        cancelled=True,
        fund=Fund.FISCAL,
        project_code="2610-360702-04-01-218846",
        ceiling=Decimal(290000),
    )
    tender = TenderFactory(
        fund=Fund.FISCAL,
        project_code=gone.project_code,
        buyer=gone.buyer,
        item=gone.item,
        ceiling=Decimal(100000),
    )

    assert guards.warnings_of(tender, NOON)[1].holds
