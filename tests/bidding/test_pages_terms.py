"""How long a service takes is said in the unit in which it is counted."""

from decimal import Decimal

import pytest

from bidding.models import Tender
from bidding.pages.terms import rate_quoted, service_period, service_time


@pytest.mark.parametrize(
    ("time", "unit", "length", "period"),
    [
        (20, "working_day", "20 个工作日", "签约起 20 个工作日"),
        (60, "calendar_day", "60 日", "签约起 60 日"),
        (3, "month", "3 个月", "签约起 3 个月"),
        (None, "agreed", "合同约定", "合同约定"),
        (None, "completion", "至竣工验收", "至竣工验收"),
        (None, "working_day", "", ""),
    ],
)
def test_a_service_lasts_as_its_order_says(
    time: int | None, unit: str, length: str, period: str
) -> None:
    tender = Tender(service_time=time, service_unit=unit)

    assert (service_time(tender), service_period(tender)) == (length, period)


def test_a_quote_says_its_rate_where_rates_are_quoted() -> None:
    by_rate = Tender(quote="rate", ceiling=Decimal(100_000))

    assert rate_quoted(by_rate, Decimal(80_000)) == "下浮 20.00%"
    assert rate_quoted(Tender(ceiling=Decimal(100_000)), Decimal(80_000)) == ""
