"""What a bidder says its quote costs, and what the owner thinks of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.models import Explanation
from marketplace.forms.fields import DocumentsField, SingleLines, TakesFiles

HOLDS, FAILS = "holds", "fails"


class ExplanationForm(TakesFiles, SingleLines, forms.Form):
    """What the work costs, with papers."""

    GUARD_FIELDS: ClassVar = {"cost_is_explained": "text"}

    text = forms.CharField(
        label=_("成本说明"),
        max_length=Explanation._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("写明人员、工时、单价、差旅、税费等成本的构成，以及报价能够按要求完成的理由。"),
    )
    papers = DocumentsField(label=_("证明材料"), required=False)


class JudgementForm(SingleLines, forms.Form):
    """Whether an explanation holds, and why."""

    GUARD_FIELDS: ClassVar = {"judgement_has_reasons": "reasons"}

    verdict = forms.ChoiceField(
        label=_("成本说明是否成立"),
        widget=forms.RadioSelect,
        choices=[(HOLDS, _("成立，报价照常计入")), (FAILS, _("不成立，按公告的规则办理"))],
    )
    reasons = forms.CharField(
        label=_("理由"),
        max_length=Explanation._meta.get_field("reasons").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("向社会公开，不要写出成本说明里的商业秘密。"),
    )

    def clean(self) -> dict[str, Any]:
        """Return whether it is accepted, and why."""
        given = super().clean() or {}
        return {"is_accepted": given.get("verdict") == HOLDS, "reasons": given.get("reasons", "")}
