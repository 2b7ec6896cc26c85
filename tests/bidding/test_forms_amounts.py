"""Amounts as people write them; what is not understood says how to write it."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from bidding.forms.amounts import AmountField, read_amount

RANGE = "金额不能是负数，也不能超过 ¥999,999,999,999.99，精确到分。"
GROUPS = "逗号每三位一个，例如 348,000；请核对金额，或者不写逗号。"
HOW = "请填写金额，例如 348000、348,000 或 34.8万。"


@pytest.mark.parametrize(
    "written",
    [
        "348000",
        "348,000",
        "348,000.00",
        "348，000",
        "34.8万",
        "34.8万元",
        "348000元",
        "¥348,000",
        "￥348000.00",
        "３４８０００",
        "３４８，０００．００",  # noqa: RUF001 - as an input method writes it
        "３４。８万",
        " 348 000 ",
        "34.8 万元",
        "348,000元整",
        "348000 元正",
        "叁拾肆万捌仟元整",
        "叁拾肆萬捌仟圆",
    ],
)
def test_an_amount_is_read_as_people_write_it(written):
    assert read_amount(written) == Decimal("348000.00")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("abc", HOW),
        ("-5", HOW),
        ("三十万", HOW),
        ("1.2.3", HOW),
        ("34.8亿", HOW),
        ("34万8", HOW),
        (",", GROUPS),
        ("34,80", GROUPS),
        ("1,2345", GROUPS),
        ("3,48,000", GROUPS),
        ("1.234", "金额精确到分，不能更细。"),
        ("0.0000001万", HOW),
        ("0.0000001", HOW),
        ("1000000000000", RANGE),
        ("100000000万", RANGE),
        ("9" * 40, RANGE),
    ],
)
def test_what_is_no_amount_is_told_how_to_write_one_or_what_is_allowed(written, said):
    with pytest.raises(ValidationError) as caught:
        read_amount(written)

    assert caught.value.messages == [said]


def test_the_greatest_amount_is_one():
    assert read_amount("999,999,999,999.99") == Decimal("999999999999.99")


def test_a_saved_amount_is_shown_in_groups_and_a_typed_one_as_typed():
    field = AmountField()

    assert field.prepare_value(Decimal("348000.00")) == "348,000.00"
    assert field.prepare_value("34.8万") == "34.8万"
