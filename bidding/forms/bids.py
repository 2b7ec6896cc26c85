"""The sealed amount of a bid."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

WAN = Decimal(10_000)
CENT = Decimal("0.01")
TEN_THOUSAND, YUAN = _("万"), _("元")
WRITTEN = re.compile(
    rf"^¥?(?P<figure>\d{{1,12}}(?:\.\d{{1,6}})?)(?P<wan>{TEN_THOUSAND})?(?:{YUAN})?$"
)


def read_amount(text: str) -> Decimal:
    """
    Return an amount in yuan, exact to the cent, as people write it: 348000, 348,000, 34.8万.

    Raises:
        ValidationError: it is no amount, or finer than a cent.
    """
    folded = re.sub(r"[,，\s]", "", text).replace("￥", "¥")
    match = WRITTEN.match(folded)
    if match is None:
        raise ValidationError(_("请填写金额，例如 348000、348,000 或 34.8万。"))
    try:
        amount = Decimal(match["figure"]) * (WAN if match["wan"] else 1)
    except InvalidOperation as error:
        raise ValidationError(_("请填写金额。")) from error
    if amount % CENT:
        raise ValidationError(_("金额精确到分，不能更细。"))
    return amount.quantize(CENT)


class AmountField(forms.Field):
    """An amount in yuan, written as people write it; its value is an exact Decimal."""

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip()
        return read_amount(text) if text else None


class OfferForm(forms.Form):
    """One sealed amount."""

    amount = AmountField(
        label=_("报价（元）"),
        widget=forms.TextInput(
            attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 24}
        ),
        help_text=_("可以写 348000、348,000 或 34.8万，精确到分。"),
    )
