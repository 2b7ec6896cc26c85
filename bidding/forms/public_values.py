"""What the public source of a draw said."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.models import PublicValue
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
