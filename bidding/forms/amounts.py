"""Amounts, read as people write them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bidding.guards.terms import amount_is_written_to_the_cent
from marketplace.forms.fields import raise_refusals

WAN = Decimal(10_000)
CENT = Decimal("0.01")
TEN_THOUSAND, YUAN, FULL_STOP = _("万"), _("元"), _("。")
WRITTEN = re.compile(
    rf"^(?P<yen>¥?)(?P<figure>[0-9,]+(?:\.[0-9]{{1,6}})?)(?P<wan>{TEN_THOUSAND})?(?:{YUAN})?$"
)
GROUPED = re.compile(r"^([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?$")
MOST_DIGITS = 15


def folded(text: str) -> str:
    """Return `text` with full-width figures and marks as plain ones, and without spaces."""
    plain = unicodedata.normalize("NFKC", text).replace(str(FULL_STOP), ".")
    return re.sub(r"\s", "", plain)


def read_amount(text: str) -> Decimal:
    """
    Return an amount in yuan, exact to the cent, as people write it: 348000, 348,000, 34.8万.

    Raises:
        ValidationError: it is no amount, out of range, finer than a cent, or wrongly grouped.
    """
    match = WRITTEN.match(folded(text))
    if match is None:
        raise ValidationError(_("请填写金额，例如 348000、348,000 或 34.8万。"))
    if not GROUPED.match(match["figure"]):
        raise ValidationError(_("逗号每三位一个，例如 348,000；请核对金额，或者不写逗号。"))
    figure = match["figure"].replace(",", "")
    if len(figure.partition(".")[0].lstrip("0")) > MOST_DIGITS:
        raise_refusals((amount_is_written_to_the_cent(Decimal("Infinity")),))
    amount = Decimal(figure) * (WAN if match["wan"] else 1)
    if amount % CENT:
        raise ValidationError(_("金额精确到分，不能更细。"))
    raise_refusals((amount_is_written_to_the_cent(amount),))
    return amount.quantize(CENT)


class AmountField(forms.Field):
    """An amount in yuan, written as people write it; its value is an exact Decimal."""

    is_money = True

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "maxlength": 32}
        super().__init__(**{"widget": forms.TextInput(attrs=attrs), **kwargs})

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip()
        return read_amount(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,.2f}" if isinstance(value, Decimal) else value
