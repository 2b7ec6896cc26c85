"""Register an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.forms.fields import (
    DivisionField,
    DocumentField,
    OutsidePlaceField,
    SingleLines,
    TakesFiles,
    UsccField,
)
from marketplace.forms.telephones import TelephoneField
from marketplace.guards.registration import BUYER_IDENTITY
from marketplace.models import Buyer, Organization


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
    registered_in = OutsidePlaceField()


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
        # a person has no credit code: see docs/adr/0011
        choices=[choice for choice in Buyer.Nature.choices if choice[0] != Buyer.Nature.PERSON],
    )
    division = DivisionField()
    registered_in = OutsidePlaceField()


class BuyerForm(TakesFiles, BuyerRegistrationForm):
    """The facts of a registered buyer; `is_named` when public orders name it already."""

    contact_name = forms.CharField(label=_("联系人"), max_length=32, required=False)
    contact_phone = TelephoneField(required=False)
    contact_email = forms.EmailField(label=_("联系邮箱"), required=False)
    letter = DocumentField(label=_("授权委托书"), required=False)

    def __init__(
        self,
        *args: Any,
        organization: Organization,
        is_named: bool,
        initial: Mapping[str, Any] | None = None,
        **limits: Any,
    ) -> None:
        names = ("name", "uscc", "contact_name", "contact_phone", "contact_email")
        known = {name: getattr(organization, name) for name in names}
        known |= {"nature": organization.buyer.nature, "division": organization.division.code}
        known |= {"registered_in": organization.registered_in}
        super().__init__(*args, initial={**known, **(initial or {})}, **limits)
        for name in BUYER_IDENTITY if is_named else ():
            self.fields[name].disabled = True
        uscc = self.fields["uscc"]
        if isinstance(uscc, UsccField):
            uscc.organization = organization
