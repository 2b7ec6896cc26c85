"""Register an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.forms.fields import (
    OF_NO_ENTERPRISE,
    DivisionField,
    DocumentField,
    IdentityField,
    OutsidePlaceField,
    SingleLines,
    SizeField,
    TakesFiles,
    UsccField,
)
from marketplace.forms.telephones import TelephoneField
from marketplace.guards.registration import BUYER_IDENTITY, ENTERPRISES
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
        # a person has no credit code, and a form of their own
        choices=[choice for choice in Buyer.Nature.choices if choice[0] != Buyer.Nature.PERSON],
    )
    division = DivisionField()
    registered_in = OutsidePlaceField()


class PersonRegistrationForm(SingleLines, forms.Form):
    """What is asked of an owner who is a natural person; a number that was sent is not repeated."""

    GUARD_FIELDS = {
        "identity_number_is_right": "identity_number",
        "person_is_new": "identity_number",
    }

    person_name = forms.CharField(
        label=_("姓名"), help_text=_("与居民身份证一致，不对外公开。"), max_length=32
    )
    identity_number = IdentityField()
    division = DivisionField()


class BuyTooForm(forms.Form):
    """As what an agency buys."""

    nature = forms.ChoiceField(
        label=_("单位性质"),
        widget=forms.RadioSelect,
        choices=[choice for choice in Buyer.Nature.choices if choice[0] != Buyer.Nature.PERSON],
    )


class PersonForm(SingleLines, forms.Form):
    """The contacts of an owner who is a natural person."""

    contact_phone = TelephoneField(required=False)
    contact_email = forms.EmailField(label=_("联系邮箱"), required=False)

    def __init__(
        self,
        *args: Any,
        organization: Organization,
        initial: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        known = {name: getattr(organization, name) for name in self.base_fields}
        super().__init__(*args, initial={**known, **(initial or {})}, **kwargs)


class BuyerForm(TakesFiles, BuyerRegistrationForm):
    """The facts of a registered buyer; `is_named` when public orders name it already."""

    size = SizeField()
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
        names = ("name", "uscc", "size", "contact_name", "contact_phone", "contact_email")
        known = {name: getattr(organization, name) for name in names}
        known |= {"nature": organization.buyer.nature, "division": organization.division.code}
        known |= {"registered_in": organization.registered_in}
        super().__init__(*args, initial={**known, **(initial or {})}, **limits)
        for name in BUYER_IDENTITY if is_named else ():
            self.fields[name].disabled = True
        uscc = self.fields["uscc"]
        if isinstance(uscc, UsccField):
            uscc.organization = organization

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("size") and given.get("nature") not in ENTERPRISES:
            self.add_error("size", OF_NO_ENTERPRISE)
        return given
