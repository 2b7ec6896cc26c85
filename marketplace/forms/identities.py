"""An officer says which person the account is of."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from marketplace.forms.fields import IdentityField


class IdentityForm(forms.Form):
    """The number of an identity card; what was sent is not repeated."""

    GUARD_FIELDS: ClassVar = {
        "identity_number_is_right": "identity_number",
        "person_has_no_other_account": "identity_number",
    }

    identity_number = IdentityField()
