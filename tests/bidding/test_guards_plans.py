"""A plan comes with a bid exactly where the method asks for one."""

from decimal import Decimal

import pytest

from bidding.guards.plans import may_send_plan
from bidding.models import Tender
from bidding.rules.methods import PLAN_SIZE
from bidding.sealing.contents import Plan
from tests.bidding.refusals import failing
from tests.bidding.shipped import RULES

MOST = RULES[PLAN_SIZE] * 1024 * 1024


def plan(size: int) -> Plan:
    return Plan(name="方案.pdf", content_type="application/pdf", content=bytes(size))


@pytest.mark.parametrize(
    ("method", "sent", "failed"),
    [
        ("plan_price", plan(MOST), []),
        ("plan_price", plan(MOST + 1), ["plan_is_within_limit"]),
        ("plan_price", None, ["plan_is_given"]),
        ("lowest", None, []),
        ("lowest", plan(1), ["plan_is_asked_for"]),
    ],
)
def test_a_plan_is_sent_where_it_is_asked_for_up_to_its_size(method, sent, failed):
    tender = Tender(method=method, ceiling=Decimal(9))

    assert failing(*may_send_plan(tender, sent, RULES)) == failed
