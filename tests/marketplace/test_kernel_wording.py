"""How a value of a rule is read by people."""

from decimal import Decimal

import pytest

from marketplace.kernel.durations import Duration
from marketplace.kernel.kinds import Days
from marketplace.kernel.wording import figure, in_words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (Duration(3, "working_day"), "", "3 个工作日"),
        (Duration(48, "hour"), "", "48 小时"),
        (Decimal("-0.5"), "points", "−0.5 分"),
        ((3, 12), "month", "3 至 12 个月"),
        (Days((90, 7, 0)), "calendar_day", "90、7、0 日"),
        (Days((7, 0)), "calendar_day", "7、0 日"),
        (True, "switch", "可用"),
        (False, "switch", "停用"),
        (1_000_000, "yuan", "1,000,000 元"),
        (30, "percent", "30%"),
        (5, "count", "5"),
        ({"price": 70, "credit": 30}, "percent", "70 : 30%"),
        ("lowest", "choice", "lowest"),
    ],
)
def test_a_value_is_said_with_its_unit(value: object, unit: str, words: str) -> None:
    assert in_words(value, unit) == words


@pytest.mark.parametrize(
    ("number", "text"), [(1234567, "1,234,567"), (Decimal("2.0"), "2"), (Decimal("-2.50"), "−2.50")]
)
def test_a_figure_has_its_thousands_apart_and_a_true_minus(number: Decimal, text: str) -> None:
    assert figure(number) == text
