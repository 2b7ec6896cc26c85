"""What a buyer fills in, step by step, and what officers and parties must give reasons for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from marketplace.forms.fields import SingleLines
from marketplace.models import Division, Organization, ServiceItem


class ItemChoiceField(forms.ModelChoiceField):
    """A catalogue item, chosen by its code."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.service_class}）"


class DivisionChoiceField(forms.ModelChoiceField):
    """A place, shown with its city."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.full_name)


class ItemForm(forms.Form):
    """Step one: which item of the catalogue, and where."""

    item = ItemChoiceField(
        label=_("服务事项"),
        queryset=ServiceItem.objects.none(),
        to_field_name="code",
        help_text=_("只能选已公布的目录事项。目录之外的服务不得作为审批的条件。"),
    )
    division = DivisionChoiceField(
        label=_("服务地点"),
        queryset=Division.objects.select_related("parent"),
        help_text=_("由服务地点所在地的运营机构审核和发布。"),
    )

    def __init__(self, *args: Any, items: QuerySet[ServiceItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]


class NeedForm(SingleLines, forms.ModelForm[Tender]):
    """Step two: what is needed, by when, paid by what."""

    class Meta:
        model = Tender
        fields = [
            "title",
            "project_code",
            "content",
            "scale",
            "service_days",
            "fund",
            "is_in_approval",
            "contact_name",
            "contact_phone",
        ]
        widgets = {"content": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "title": _("写明项目和所需服务，例如“沙河片区雨污分流改造工程环境影响报告表编制”。"),
            "project_code": _("有统一项目代码的填写，例如 2610-360702-04-01-218846。"),
            "service_days": _("从合同签订起算的工作日数。"),
            "is_in_approval": _("审批部门在审批过程中委托的服务，由部门付费，不得转由申请人承担。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "content", "service_days", "fund", "contact_name", "contact_phone"):
            self.fields[name].required = True


class MethodForm(SingleLines, forms.ModelForm[Tender]):
    """Step three: how the agency is found, and up to what price."""

    class Meta:
        model = Tender
        fields = [
            "method",
            "ceiling",
            "price_basis",
            "signup_days",
            "named_agency",
            "naming_reasons",
        ]
        widgets = {"method": forms.RadioSelect}
        help_texts = {
            "ceiling": _("报价不得高于这个金额，精确到分。"),
            "price_basis": _("说明限价怎样得来，例如预算批复、同类成交价。"),
            "signup_days": _("从发布次日起算，当日 24:00 截止。不填就用规则手册的最短期限。"),
            "named_agency": _("只在直接选取时填写；机构须全省有效并持有这个类别的资质。"),
            "naming_reasons": _("理由向社会公开。"),
        }

    def __init__(self, *args: Any, agencies: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].required = True
        self.fields["ceiling"].required = True
        self.fields["named_agency"].queryset = agencies  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the agency and the reasons exactly where the method needs them."""
        cleaned = super().clean() or {}
        is_direct = cleaned.get("method") == Tender.Method.DIRECT
        for name in ("named_agency", "naming_reasons"):
            if is_direct and not cleaned.get(name):
                self.add_error(name, _("直接选取须写明选哪一家机构和理由，理由向社会公开。"))
            elif not is_direct:
                cleaned[name] = None if name == "named_agency" else ""
        return cleaned


class ReviewForm(forms.Form):
    """The reviewer's confirmation, asked only when there is something to confirm."""

    uscc_confirmed = forms.BooleanField(
        label=_("已对照证照核实，项目业主的统一社会信用代码与证照一致"), required=False
    )


class ReasonsForm(forms.Form):
    """Reasons, which the other side and, where it is so stated, the public will read."""

    reasons = forms.CharField(
        label=_("理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明事实和依据，对方会原样看到。"),
    )
