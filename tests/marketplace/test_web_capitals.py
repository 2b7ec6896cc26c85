"""Amounts in capitals: written as on a cheque, and read back only as they are written."""

from decimal import Decimal

import pytest

from marketplace.web.capitals import NoCapitals, in_capitals, read_capitals

WRITTEN = {
    "348000": "叁拾肆万捌仟元整",
    "7.9": "柒元玖角",
    "0.05": "伍分",
    "1409.50": "壹仟肆佰零玖元伍角",
    "325.04": "叁佰贰拾伍元零肆分",
    "10001": "壹万零壹元整",
    "20000000": "贰仟万元整",
    "1000100": "壹佰万零壹佰元整",
    "110500000": "壹亿壹仟零伍拾万元整",
    "100000001": "壹亿零壹元整",
    "999999999999.99": ("玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
}


@pytest.mark.parametrize(("amount", "capitals"), WRITTEN.items())
def test_an_amount_is_written_in_capitals_and_read_back(amount: str, capitals: str) -> None:
    assert in_capitals(Decimal(amount)) == capitals
    assert read_capitals(capitals) == Decimal(amount)


def test_every_amount_of_up_to_six_digits_comes_back() -> None:
    amounts = [Decimal(number) / 100 for number in range(1, 100_000_000, 9_973)]

    assert [read_capitals(in_capitals(amount)) for amount in amounts] == amounts


@pytest.mark.parametrize("written", ["叁拾肆万捌仟圆正", "叁拾肆萬捌仟元整", "叁拾肆万捌仟元"])
def test_other_ways_of_writing_the_same_are_read(written: str) -> None:
    assert read_capitals(written) == Decimal(348000)


@pytest.mark.parametrize(
    "written",
    ["", "元", "叁拾肆", "壹壹元", "叁仟拾元", "零元整", "万元", "壹元角", "角", "三万元", "34元"],
)
def test_what_is_not_written_as_capitals_are_is_refused(written: str) -> None:
    with pytest.raises(NoCapitals):
        read_capitals(written)


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "1000000000000"])
def test_what_no_cheque_states_has_no_capitals(amount: str) -> None:
    with pytest.raises(NoCapitals):
        in_capitals(Decimal(amount))
