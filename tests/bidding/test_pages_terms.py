"""How long a service takes is said in the unit in which it is counted."""

from decimal import Decimal

import pytest

from bidding.models import Tender
from bidding.pages.terms import (
    as_quoted,
    funds_in_words,
    quote_in_words,
    service_period,
    service_time,
)


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

    assert as_quoted(by_rate, Decimal(80_000)) == "下浮 20.00%"
    assert as_quoted(Tender(ceiling=Decimal(100_000)), Decimal(80_000)) == ""


def test_a_quote_says_the_price_of_a_unit_where_that_is_quoted() -> None:
    by_unit = Tender(
        quote="unit", quantity=3000, quantity_unit="平方米", ceiling=Decimal("361500.00")
    )

    assert as_quoted(by_unit, Decimal("360000.00")) == "单价 ¥120.00/平方米"
    assert quote_in_words(by_unit) == "单价，暂估 3,000 平方米，最高单价 ¥120.50/平方米"
    assert quote_in_words(Tender()) == ""


def test_several_funds_are_shown_with_the_one_whose_rules_hold() -> None:
    mixed = Tender(fund="fiscal", fund_shares={"fiscal": "60", "private": "40"})

    assert funds_in_words(mixed) == "财政资金 60%、社会资金 40%，从严按财政资金的规定办理"
    assert funds_in_words(Tender(fund="private")) == "社会资金"
