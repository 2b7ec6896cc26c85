"""What the methods with a sign-up share: its days, its bounds and what the form says of them."""

from datetime import datetime
from decimal import Decimal

import pytest

from bidding.models import Tender
from bidding.selection.methods import METHODS
from marketplace.kernel.calendar import CHINA
from marketplace.models import ServiceItem
from tests.bidding.refusals import failing
from tests.bidding.shipped import C2026, RULES
from tests.clock import NOON

SIGNED_UP = [METHODS[name] for name in ("lowest", "best_price", "random")]
SEALED = SIGNED_UP[:2]


@pytest.mark.parametrize("method", SIGNED_UP)
def test_all_take_bids_as_long_as_the_order_says(method):
    end = method.period_end(Tender(signup_days=5), NOON, RULES, C2026).ends_at

    assert end == datetime(2026, 12, 2, tzinfo=CHINA)
    assert set(method.help_texts(RULES)) == set(method.fields)


@pytest.mark.parametrize("method", SEALED)
def test_an_amount_lies_between_floor_and_ceiling(method):
    item = ServiceItem(paid_by="applicant")
    tender = Tender(ceiling=Decimal(9), floor=Decimal(4), item=item)

    assert [
        failing(*method.amount_verdicts(tender, Decimal(amount)))
        for amount in ("3.99", "4", "9.01")
    ] == [["amount_is_not_below_floor"], [], ["amount_is_within_ceiling"]]
