"""What people type to log in, and the rules for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from marketplace.models.users import phone_validator, refuse_id_card_number

refuse_phone_number = RegexValidator(
    phone_validator.regex,
    _("请不要用手机号码作用户名。验证手机以后，可以直接用手机号码登录。"),
    inverse_match=True,
)


def refuse_address(value: str) -> None:
    """Refuse an e-mail address as a user name, so that each login names one person."""
    if "@" in value:
        raise ValidationError(_("用户名不能含有 @。用邮箱登录不需要把它设为用户名。"))


USERNAME_VALIDATORS = [
    UnicodeUsernameValidator(),
    refuse_id_card_number,
    refuse_phone_number,
    refuse_address,
]


def bare_phone(text: str) -> str:
    """Return a phone number without blanks, hyphens and the country code of the mainland."""
    number = text.replace(" ", "").replace("-", "")
    return number.removeprefix("+86").removeprefix("0086")


class PhoneField(forms.CharField):
    """A mainland mobile number, returned bare."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
        options: dict[str, Any] = {"label": _("手机号码"), "widget": widget, "max_length": 20}
        super().__init__(**{**options, **kwargs})

    def clean(self, value: Any) -> str:
        number = bare_phone(super().clean(value))
        if number:
            phone_validator(number)
        return number


VERIFICATION_TEXT = _("验证码 %(code)s，15 分钟内有效。不是您本人操作的，请不要告诉任何人。")
PHONE_TAKEN_TEXT = _("有人想用这个手机号码在网上中介服务超市办理验证，但它已属于另一个账号。")
