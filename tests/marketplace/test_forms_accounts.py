"""What is no user name, and how a phone number is read."""

import pytest
from django.core.exceptions import ValidationError

from marketplace.forms.accounts import USERNAME_VALIDATORS, PhoneField, bare_phone


def problems(name: str) -> str:
    found = []
    for validate in USERNAME_VALIDATORS:
        try:
            validate(name)
        except ValidationError as error:
            found += error.messages
    return "".join(found)


@pytest.mark.parametrize(
    ("username", "reason"),
    [
        ("360702198001011234", "请不要用身份证号作用户名。"),
        ("36070219800101123x", "请不要用身份证号作用户名。"),
        ("id-36070219800101123X", "请不要用身份证号作用户名。"),
        ("zhang_360702198001011234_1", "请不要用身份证号作用户名。"),
        ("3607021980-01011234", "请不要用身份证号作用户名。"),
        ("13807971234", "请不要用手机号码作用户名。"),
        ("zhang@example.test", "用户名不能含有 @。"),
    ],
)
def test_a_user_name_that_gives_a_person_away_is_refused(username: str, reason: str) -> None:
    assert reason in problems(username)


def test_an_ordinary_user_name_is_taken() -> None:
    assert problems("zhangsan-2") == problems("章三") == ""


@pytest.mark.parametrize("typed", ["138 0797-1234", "+86 13807971234", "008613807971234"])
def test_a_phone_is_read_without_marks_and_the_mainland_s_code(typed: str) -> None:
    assert bare_phone(typed) == PhoneField().clean(typed) == "13807971234"


@pytest.mark.parametrize("typed", ["12345", "23807971234", "1380797123a", "+1 2025550100"])
def test_only_a_mainland_mobile_number_is_taken(typed: str) -> None:
    with pytest.raises(ValidationError, match="手机号码应为 11 位，以 1 开头。"):
        PhoneField().clean(typed)


def test_a_phone_that_may_be_left_out_may_be_empty() -> None:
    assert PhoneField(required=False).clean("") == ""
