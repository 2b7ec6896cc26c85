"""The officer's decision on an owner."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.forms.admissions import FreshTick
from marketplace.forms.fields import SingleLines


class OwnerConfirmForm(forms.Form):
    """What the officer confirms; the code only where its check digit is wrong."""

    authority_confirmed = FreshTick(label=_("已核对单位性质和信用代码，办理人得到单位授权"))
    uscc_confirmed = forms.BooleanField(
        label=_("已对照证照核实，统一社会信用代码与证照一致"), required=False
    )


class OwnerReturnForm(SingleLines, forms.Form):
    """Why the owner is to correct what it is registered with."""

    reasons = forms.CharField(
        label=_("退回理由"),
        help_text=_("逐条写明缺什么、错在哪里、怎么补正。业主会原样看到。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
