"""The officer's decision on an owner."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.forms.admissions import FreshTick
from marketplace.forms.remarks import RemarksForm


class OwnerConfirmForm(forms.Form):
    """What the officer confirms; the code only where its check digit is wrong."""

    authority_confirmed = FreshTick(label=_("已核对单位性质和信用代码，办理人得到单位授权"))
    uscc_confirmed = forms.BooleanField(
        label=_("已对照证照核实，统一社会信用代码与证照一致"), required=False
    )


class OwnerReturnForm(RemarksForm):
    """Why the owner is to correct what it is registered with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].help_text = _("逐项选了意见的可以不写；写的业主会原样看到。")
