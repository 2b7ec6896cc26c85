"""The sealed amount of a bid."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.forms.amounts import AmountField
from bidding.methods import method_of
from bidding.models import Tender
from marketplace.forms.fields import raise_refusals

HELP = _("可以写 348000、348,000 或 34.8万，精确到分。单位是元，以万元计的写明“万”。")


class OfferForm(forms.Form):
    """One sealed amount for `tender`."""

    amount = AmountField(label=_("报价（元）"), help_text=HELP)

    def __init__(self, *args: Any, tender: Tender, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tender = tender

    def clean_amount(self) -> Decimal:
        """Ask the method of the order whether this much may be offered."""
        amount: Decimal = self.cleaned_data["amount"]
        raise_refusals(method_of(self.tender).amount_verdicts(self.tender, amount))
        return amount
