"""A quote in a hall: the amount, the price that it answers, and the form's own key."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.forms.amounts import AmountField, RateField
from bidding.models import Tender
from marketplace.forms.fields import SingleLines


class QuoteForm(SingleLines, forms.Form):
    """One quote; its key is made with the page, so that sending it twice counts once."""

    GUARD_FIELDS: ClassVar = dict.fromkeys(
        (
            "amount_is_written_to_the_cent",
            "quote_is_low_enough",
            "quote_is_not_below_floor",
            "price_is_as_seen",
            "quote_is_of_a_rate",
        ),
        "amount",
    )

    amount = AmountField(label=_("报价（元）"))
    price = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    key = forms.CharField(widget=forms.HiddenInput, initial=uuid4, max_length=36)

    def __init__(self, *args: Any, tender: Tender, **kwargs: Any) -> None:
        """Ask for a rate where the order says that bidders quote that."""
        super().__init__(*args, **kwargs)
        if tender.is_by_rate and tender.ceiling is not None:
            self.fields["amount"] = RateField(base=tender.ceiling, label=_("下浮率（%）"))

    def clean_key(self) -> UUID:
        """Read the key that was made with the page."""
        try:
            return UUID(self.cleaned_data["key"])
        except ValueError:
            raise forms.ValidationError(_("请刷新页面后再报。")) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        return {**cleaned, "price": cleaned.get("price", "")}
