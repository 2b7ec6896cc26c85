"""Lengths of time keep the unit that people write; working days are never guessed from days."""

import pytest
from django.core.exceptions import ValidationError

from bidding.forms.terms import DaysField, ServiceTime, TimeField, read_time
from bidding.models.tender import ServiceUnit

DAYS_ONLY = "请填写 1 至 9,999 之间的整数，单位是工作日，例如 20。"
TIME = (
    "请写明时间和单位，例如 20 个工作日、60 日、3 个月，或者“合同约定”“至竣工验收”；"
    "数字在 1 至 9,999 之间。"
)


@pytest.mark.parametrize("written", ["20", "２０", " 20 ", "20个工作日", "20 工作日"])
def test_working_days_are_read_as_people_write_them(written: str) -> None:
    assert DaysField().clean(written) == 20


@pytest.mark.parametrize(
    "written",
    ["0", "-1", "1.5", "三", "32768", "3000000", "9" * 30, "20天", "20日", "20 日历天", "3个月"],
)
def test_what_is_no_number_of_working_days_is_told_what_is_allowed(written: str) -> None:
    with pytest.raises(ValidationError) as caught:
        DaysField().clean(written)

    assert caught.value.messages == [DAYS_ONLY]


def test_days_may_be_left_out_where_they_are_optional() -> None:
    assert DaysField(required=False).clean("") is None


@pytest.mark.parametrize(
    ("written", "count", "unit"),
    [
        ("20", 20, ServiceUnit.WORKING_DAY),
        ("30 个工作日", 30, ServiceUnit.WORKING_DAY),
        ("30天", 30, ServiceUnit.CALENDAR_DAY),
        ("30日", 30, ServiceUnit.CALENDAR_DAY),
        ("60日历天", 60, ServiceUnit.CALENDAR_DAY),
        ("3个月", 3, ServiceUnit.MONTH),
        ("３个月", 3, ServiceUnit.MONTH),
        ("2年", 24, ServiceUnit.MONTH),
        ("合同约定", None, ServiceUnit.AGREED),
        ("按合同约定执行", None, ServiceUnit.AGREED),
        ("至竣工验收", None, ServiceUnit.COMPLETION),
        ("自合同签订之日起至竣工验收", None, ServiceUnit.COMPLETION),
    ],
)
def test_k4_01_k4_02_the_time_of_a_service_keeps_its_unit(
    written: str, count: int | None, unit: ServiceUnit
) -> None:
    """K4-01: days are no working days. K4-02: what notices write is representable."""
    assert TimeField().clean(written) == ServiceTime(count, unit)


@pytest.mark.parametrize(
    "written", ["0", "0天", "三个月", "1.5个月", "9999年", "10000", "尽快", "30周"]
)
def test_what_says_no_time_is_told_how_to_say_one(written: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read_time(written)

    assert caught.value.messages == [TIME]


@pytest.mark.parametrize("written", ["20 个工作日", "30 日", "3 个月", "合同约定", "至竣工验收"])
def test_what_is_shown_again_is_read_as_the_same(written: str) -> None:
    assert str(read_time(written)) == written
