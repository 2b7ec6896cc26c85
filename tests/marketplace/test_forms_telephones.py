"""Telephones are taken as people write them, and kept in one form."""

import pytest
from django.core.exceptions import ValidationError

from marketplace.forms.telephones import TelephoneField, read_telephones


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0797-8123456转8012", "0797-8123456转8012"),
        ("0797-8123456-8012", "0797-8123456转8012"),
        ("0797 8123456 ext 8012", "0797-8123456转8012"),
        ("（0797）8123456", "0797-8123456"),
        ("０７９７－８１２３４５６", "0797-8123456"),
        ("07978123456", "0797-8123456"),
        ("+86 0791-88123456", "0791-88123456"),
        ("8123456", "8123456"),
        ("12345", "12345"),
        ("138 0013 8000", "13800138000"),
        ("+8613800138000", "13800138000"),
        ("400-820-8820", "400-820-8820"),
        ("0797-8123456、12345", "0797-8123456、12345"),
        ("0797-8123456/13800138000", "0797-8123456、13800138000"),
        ("+852-2123-4567", "+852-2123-4567"),
    ],
)
def test_k4_09_a_telephone_is_read_as_people_write_it(written: str, kept: str) -> None:
    assert read_telephones(written) == kept
    assert read_telephones(kept) == kept


@pytest.mark.parametrize(
    "written", ["电话", "12", "0797-", "138001380", "a8123456", "0797-8123456转"]
)
def test_what_is_no_telephone_is_told_how_to_write_one(written: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TelephoneField().clean(written)

    assert caught.value.messages == [
        f"“{written}”不像电话号码。可以写 0797-8123456、0797-8123456转8012、手机号码或者"
        " 12345 这样的短号；几个号码用顿号分开。"
    ]
