"""Shares of several funds, read as people write them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bidding.forms.amounts import folded
from bidding.models import Tender

NAMES = {
    Tender.Fund.FISCAL: _("财政(?:资金)?"),
    Tender.Fund.STATE_OWNED: _("国有(?:企业)?(?:资金)?"),
    Tender.Fund.PRIVATE: _("社会(?:资金)?"),
}
NUMBER = r"([0-9]{1,3}(?:\.[0-9]{1,2})?)%?"
SAYS = _("[:：占]?")
BETWEEN = _("[，、,;；和及]*")


def read_shares(text: str) -> dict[str, str]:
    """
    Return the percent of each fund, by its name, in the order of `Tender.Fund`.

    Raises:
        ValidationError: it says something else, or the same fund twice.
    """
    rest, found = folded(text), {}
    while rest:
        for fund, name in NAMES.items():
            match = re.match(rf"{name}{SAYS}{NUMBER}{BETWEEN}", rest)
            if match and fund not in found:
                found[fund], rest = _plain(Decimal(match[1])), rest[match.end() :]
                break
        else:
            raise ValidationError(_("请逐项写明资金和百分比，例如“财政资金 60%、社会资金 40%”。"))
    return {str(fund): found[fund] for fund in NAMES if fund in found}


def shares_in_words(shares: dict[str, str]) -> str:
    """Write shares as they are read."""
    return gettext("、").join(f"{Tender.Fund(fund).label} {one}%" for fund, one in shares.items())


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


class SharesField(forms.Field):
    """The shares of several funds in one text; its value is a dict as `read_shares` gives it."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "maxlength": 80}
        super().__init__(**{"widget": forms.TextInput(attrs=attrs), "required": False, **kwargs})

    def to_python(self, value: Any) -> dict[str, str]:
        return read_shares(str(value or ""))

    def prepare_value(self, value: Any) -> Any:
        return shares_in_words(value) if isinstance(value, dict) else value
