"""The papers of an order, and the agencies that it avoids."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bidding.forms.contracts import FileForm
from bidding.models import TenderPaper
from marketplace.forms.fields import SingleLines
from marketplace.models import Organization


class PapersForm(FileForm):
    """Files of one kind."""

    kind = forms.ChoiceField(
        label=_("用途"), choices=TenderPaper.Kind.choices, widget=forms.RadioSelect
    )
    field_order = ["kind", "file"]


class AvoidForm(SingleLines, forms.Form):
    """One agency and why."""

    agency = forms.ModelChoiceField(
        label=_("回避的机构"), queryset=Organization.objects.none(), empty_label=_("请选择")
    )
    reasons = forms.CharField(
        label=_("回避理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("写明利害关系等事实，理由向社会公开，由运营机构审核。"),
    )

    def __init__(self, *args: Any, agencies: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
