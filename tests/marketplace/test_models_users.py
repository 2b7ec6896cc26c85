"""What is no name to log in with, and what a person is called."""

import pytest
from django.core.exceptions import ValidationError

from marketplace.models import User
from marketplace.models.users import phone_validator, refuse_id_card_address, refuse_id_card_number

ID_CARD = "36070219800101123X"


@pytest.mark.parametrize("name", [ID_CARD, ID_CARD.lower(), f"zhang_{ID_CARD}_1"])
def test_no_name_holds_the_number_of_an_id_card(name: str) -> None:
    with pytest.raises(ValidationError, match="请不要用身份证号作用户名"):
        refuse_id_card_number(name)
    with pytest.raises(ValidationError, match="请不要用含有身份证号的邮箱"):
        refuse_id_card_address(f"{name}@example.test")

    refuse_id_card_number("zhang_2026")
    refuse_id_card_address("zhang@example.test")


def test_the_address_of_a_whole_account_is_asked_too() -> None:
    with pytest.raises(ValidationError, match="含有身份证号的邮箱"):
        User(username="zhang", email=f"{ID_CARD}@example.test").clean()


@pytest.mark.parametrize("phone", ["12807971234", "1380797123", "138079712345", "１3807971234"])
def test_a_phone_is_a_mainland_mobile_number(phone: str) -> None:
    phone_validator("13807971234")

    with pytest.raises(ValidationError):
        phone_validator(phone)


@pytest.mark.parametrize(("name", "called"), [("周敏", "周敏"), ("", "zhou")])
def test_a_person_is_called_by_name_or_else_as_they_log_in(name: str, called: str) -> None:
    user = User(username="zhou", name=name)

    assert {str(user), user.get_full_name(), user.get_short_name()} == {called}
