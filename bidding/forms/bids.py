"""The sealed amount of a bid."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.forms.amounts import AmountField
from marketplace.forms.fields import SingleLines

HELP = _("可以写 348000、348,000 或 34.8万，精确到分。单位是元，以万元计的写明“万”。")


class OfferForm(SingleLines, forms.Form):
    """One sealed amount."""

    GUARD_FIELDS: ClassVar = {"amount_is_within_ceiling": "amount"}

    amount = AmountField(label=_("报价（元）"), help_text=HELP)
