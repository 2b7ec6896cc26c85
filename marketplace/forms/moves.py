"""Ask for a professional of another agency, and answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.forms.fields import DocumentsField, SingleLines, TakesFiles, refuse_id_card


class MoveForm(TakesFiles, SingleLines, forms.Form):
    """Who shall be entered; name and certificate together name one person."""

    GUARD_FIELDS = {"practitioner_is_registered": "certificate_number"}

    name = forms.CharField(label=_("姓名"), max_length=32)
    certificate_number = forms.CharField(
        label=_("执业证书编号"), max_length=60, validators=[refuse_id_card]
    )
    papers = DocumentsField(
        label=_("执业证书、劳动合同、近三个月社保证明"),
        help_text=_("转入以后列为贵单位的登记材料；原机构看不到。"),
    )

    def wanted(self) -> dict[str, Any]:
        """Return what an action takes of a valid form."""
        values = dict(self.cleaned_data)
        return {"files": values.pop("papers"), **values}


class ReleaseForm(forms.Form):
    """The word of the old agency."""

    agreed = forms.BooleanField(label=_("已核实本人意愿，同意转出。确认后立即生效，不能撤回"))


class ContestForm(SingleLines, forms.Form):
    """Why the old agency does not let go."""

    reasons = forms.CharField(
        label=_("不同意的理由"),
        help_text=_("写明事实，例如劳动合同没有解除。对方和运营机构会原样看到。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MoveDecisionForm(SingleLines, forms.Form):
    """What an officer bases a decision on."""

    reasons = forms.CharField(
        label=_("办理意见"),
        help_text=_("写明核对了什么、结果怎样。双方会原样看到。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
