"""The papers of an order, and the agencies that it avoids."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bidding.forms.contracts import FileForm
from bidding.models import Exemption, TenderPaper, Witness
from marketplace.forms.fields import SingleLines
from marketplace.models import Organization


class PapersForm(FileForm):
    """Files of one kind."""

    kind = forms.ChoiceField(
        label=_("用途"), choices=TenderPaper.Kind.choices, widget=forms.RadioSelect
    )
    field_order = ["kind", "file"]


class ExemptionForm(FileForm):
    """From what, why and by which paper."""

    check_name = forms.ChoiceField(label=_("豁免的核对"), choices=Exemption.Check.choices)
    reasons = forms.CharField(
        label=_("豁免理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("写明依据和事实，例如抢险救灾、紧急事故调查；理由向社会公开，文件只供审核。"),
    )
    field_order = ["check_name", "reasons", "file"]

    def sent(self) -> dict[str, Any]:
        """Return what the action takes, under its names."""
        values = super().sent()
        return {"check": values.pop("check_name"), **values}


class LotsForm(forms.Form):
    """Into how many lots, and how many one agency may win."""

    count = forms.IntegerField(label=_("分成几包"), min_value=2, max_value=99)
    most_per_agency = forms.IntegerField(
        label=_("一家机构最多中选几包"),
        required=False,
        min_value=1,
        max_value=99,
        help_text=_(
            "不限的不填。填 1 的，每包由不同的机构中选，可以用于选取多家机构；"
            "各包按包号依次开启，中选够数的机构不再参加后面的包。"
        ),
    )


class WitnessForm(SingleLines, forms.ModelForm[Witness]):
    """Who is invited to watch the opening."""

    class Meta:
        model = Witness
        fields = ["unit", "name"]
        help_texts = {
            "unit": _("项目业主以外的单位，例如纪检监察、财政部门或者公证机构；随公告公开。"),
            "name": _("公告中遮盖，只显示姓。"),
        }


class AvoidForm(SingleLines, forms.Form):
    """One agency and why."""

    agency = forms.CharField(
        label=_("回避的机构"),
        max_length=200,
        help_text=_("填写机构的统一社会信用代码或者全称。"),
    )
    reasons = forms.CharField(
        label=_("回避理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("写明利害关系等事实，理由向社会公开，由运营机构审核。"),
    )

    def __init__(self, *args: Any, agencies: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = agencies

    def clean_agency(self) -> Organization:
        """Find the one agency that could bid and has this code or name."""
        given = self.cleaned_data["agency"].strip()
        found = self.agencies.filter(Q(uscc=given.upper()) | Q(name=given))[:2]
        if len(found) != 1:
            raise forms.ValidationError(
                _("没有可以承接这项服务的机构是这个代码或者名称，请核对。"), code="unknown"
            )
        return found[0]
