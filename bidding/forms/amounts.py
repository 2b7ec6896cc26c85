"""Amounts, read as people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bidding.guards.terms import amount_is_written_to_the_cent
from bidding.selection.discounts import NotARate, discounted
from bidding.selection.unit_prices import comes_to
from marketplace.forms.fields import raise_refusals
from marketplace.kernel.verdicts import Verdict
from marketplace.web.capitals import NoCapitals, read_capitals

WAN = Decimal(10_000)
CENT = Decimal("0.01")
TEN_THOUSAND, YUAN, FULL_STOP = _("万"), _("元"), _("。")
WHOLE = _("整"), _("正")
WRITTEN = re.compile(
    rf"^¥?(?P<figure>[0-9,]+(?:\.[0-9]{{1,6}})?)(?P<wan>{TEN_THOUSAND})?"
    rf"(?:{YUAN}(?:{WHOLE[0]}|{WHOLE[1]})?)?$"
)
GROUPED = re.compile(r"^([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?$")
MOST_DIGITS = 15


def folded(text: str) -> str:
    """Return `text` with full-width figures and marks as plain ones, and without spaces."""
    plain = unicodedata.normalize("NFKC", text).replace(str(FULL_STOP), ".")
    return re.sub(r"\s", "", plain)


def read_amount(text: str) -> Decimal:
    """
    Return an amount in yuan, exact to the cent, as people write it.

    348000, 348,000元整, 34.8万 and 叁拾肆万捌仟元整 are the same.

    Raises:
        ValidationError: it is no amount, out of range, finer than a cent, or wrongly grouped.
    """
    written = folded(text)
    with suppress(NoCapitals):
        return read_capitals(written)
    match = WRITTEN.match(written)
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


class RateField(forms.Field):
    """By how much an amount lies below `base`, in percent; its value is that amount."""

    def __init__(self, *, base: Decimal, **kwargs: Any) -> None:
        self.base = base
        attrs = {"inputmode": "decimal", "autocomplete": "off", "maxlength": 12}
        super().__init__(**{"widget": forms.TextInput(attrs=attrs), **kwargs})

    def to_python(self, value: Any) -> Decimal | None:
        written = folded(str(value or "")).removesuffix("%")
        if not written:
            return None
        try:
            return discounted(self.base, Decimal(written))
        except (InvalidOperation, NotARate):
            raise ValidationError(
                _("请填写下浮率，例如 20 或 12.5%，在 0 至 99.99% 之间，精确到 0.01%。")
            ) from None


class UnitPriceField(AmountField):
    """The price of one of `quantity` units; its value is what all of them cost."""

    def __init__(self, *, quantity: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.quantity = quantity

    def to_python(self, value: Any) -> Decimal | None:
        price = super().to_python(value)
        if price is None:
            return None
        amount = comes_to(price, self.quantity)
        raise_refusals((amount_is_written_to_the_cent(amount),))
        return amount


class ConfirmedAmount(forms.Field):
    """
    The word that an unusual amount is meant; its value is the amount that was confirmed, or None.

    A tick stands for one amount: who then changes the amount is asked again.
    """

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, label=_("确认金额没有写错单位"))

    def to_python(self, value: Any) -> Decimal | None:
        with suppress(InvalidOperation):
            return Decimal(str(value))
        return None


class AmountTick(forms.CheckboxInput):
    """A box to tick for one amount."""

    def __init__(self, amount: Decimal) -> None:
        self.amount = str(amount)
        super().__init__({"value": self.amount}, check_test=lambda value: value == self.amount)

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> Any:
        return data.get(name)

    def format_value(self, _value: Any) -> None:
        return None


class AsksAgain(forms.BaseForm):
    """A form that asks for a word on an amount which is probably a slip, in a box of its own."""

    def ask_again(self, amount: Decimal, name: str, asked: Callable[..., Verdict]) -> None:
        """Refuse `amount` until it is confirmed; `name` is its field, `asked` the guard."""
        if asked(amount, confirmed=None).holds:
            return
        self.fields["confirmed"].widget = AmountTick(amount)
        verdict = asked(amount, confirmed=self.cleaned_data.get("confirmed"))
        if not verdict.holds:
            self.add_error(name, verdict.explained)
