"""What the public source of a draw said."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.models import PublicValue
from bidding.selection.beacon import written
from marketplace.forms.fields import SingleLines


class PublicValueForm(SingleLines, forms.Form):
    """Numbers as the source published them, with its round; blanks count once."""

    value = forms.CharField(
        label=_("公布的期号和号码"),
        max_length=PublicValue._meta.get_field("value").max_length,
        help_text=_("按公布的原样填写期号和号码，用一个空格隔开，例如 2026318 5 0 7。"),
    )

    def clean_value(self) -> str:
        return " ".join(self.cleaned_data["value"].split())


class SignatureForm(SingleLines, forms.Form):
    """The signature of the one round that the deadline fixes; the round is not for typing."""

    GUARD_FIELDS: ClassVar = {"value_is_signed": "value"}

    value = forms.CharField(
        label=_("签名"),
        max_length=100,
        help_text=_("填写该轮公布的 signature，96 位十六进制。"),
    )

    def __init__(self, *posted: Any, number: int, **options: Any) -> None:
        super().__init__(*posted, **options)
        self.number = number

    def clean_value(self) -> str:
        signature = "".join(self.cleaned_data["value"].split()).lower()
        return written(self.number, signature)
