"""What is no password: too short, or made of words that anybody would try first."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from marketplace.forms.passwords import ContextWordsValidator
from marketplace.models import User

ZHANG = User(username="zhangsan", email="zhang@example.test")


@pytest.mark.parametrize(
    "password",
    [
        *("12345678", "password", "zhangsan1", "kurz-7", "jiangxi2026", "Porcelain-blue"),
        *("jiangxi2026jiangxi2026", "zhongjie-chaoshi-2026", "123456789012345678"),
        *("zhangsan-zhangsan-1", "aaaaaaaaaaaaaaaaaa", "江西网上中介服务超市密码2026年"),
    ],
)
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, ZHANG)


@pytest.mark.parametrize(
    "password", ["fifteen letters", "qing feng xu lai bo", "清风徐来水波不兴举酒属客诵明月"]
)
def test_a_long_password_needs_no_signs_numbers_or_capitals(password: str) -> None:
    validate_password(password, ZHANG)


@pytest.mark.parametrize(
    ("password", "user", "is_refused"),
    [
        ("Jiangxi-JIANGXI-2026", None, True),
        ("zhangsan qwrtpm 2026", ZHANG, False),
        ("zhangsan qwrtp 2026", ZHANG, True),
        ("zhangsan qwrtp 2026", None, False),
        ("2026-xqxqxqxq-2026", None, True),
        ("2026-xqzxqzxq-2026", None, False),
    ],
)
def test_six_letters_of_three_kinds_must_be_left_without_the_known_words(
    password: str, user: User | None, *, is_refused: bool
) -> None:
    if not is_refused:
        ContextWordsValidator().validate(password, user)
        return
    with pytest.raises(ValidationError) as refused:
        ContextWordsValidator().validate(password, user)
    assert refused.value.code == "password_of_known_words"
