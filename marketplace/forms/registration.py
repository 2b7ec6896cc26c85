"""Register an organisation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.forms.fields import DivisionField, SingleLines, UsccField
from marketplace.models import Buyer


class AgencyRegistrationForm(SingleLines, forms.Form):
    """What is asked before an agency fills in its application."""

    name = forms.CharField(
        label=_("机构名称"),
        help_text=_("与营业执照或者法人证书一致。"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    uscc = UsccField()
    division = DivisionField()


class BuyerRegistrationForm(SingleLines, forms.Form):
    """What is asked of a buyer."""

    name = forms.CharField(
        label=_("单位名称"),
        help_text=_("与法人证书或者营业执照一致。"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    uscc = UsccField()
    nature = forms.ChoiceField(
        label=_("单位性质"),
        widget=forms.RadioSelect,
        # a person has no credit code; how a person registers is an issue of its own
        choices=[choice for choice in Buyer.Nature.choices if choice[0] != Buyer.Nature.PERSON],
    )
    division = DivisionField()
