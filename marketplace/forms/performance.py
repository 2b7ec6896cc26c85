"""Declare work that was not ordered here, and say what became of it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.forms.fields import (
    DayField,
    DocumentField,
    ServiceClassField,
    SingleLines,
    TakesFiles,
)
from marketplace.models import PastPerformance


class WorkForm(TakesFiles, SingleLines, forms.ModelForm[PastPerformance]):
    """One piece of work with the paper that shows it."""

    GUARD_FIELDS = {"work_is_done": "completed_on", "work_is_new": "title"}

    service_class = ServiceClassField()
    completed_on = DayField(label=_("完成日期"))
    evidence = DocumentField(label=_("合同或者验收材料"))

    class Meta:
        model = PastPerformance
        fields = ["title", "client", "service_class", "amount", "completed_on"]
        labels = {"amount": _("合同金额（元，可以不填）")}


class RefuseWorkForm(SingleLines, forms.Form):
    """Why the paper does not show the work."""

    reasons = forms.CharField(
        label=_("不予认定的理由"),
        help_text=_("写明材料与申报的哪一项不符。机构会原样看到。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
