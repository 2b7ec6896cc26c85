"""A report by anybody, the search for its answer, and the answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bidding.actions.reports import Suspicion, office_for
from bidding.guards.disputes import authority_is_there
from bidding.models import Report
from bidding.models.report import MARKS, MOST_MARKS
from credit.in_force import breaches_at
from credit.models import name_of_kind
from marketplace.forms.fields import (
    DivisionField,
    DocumentsField,
    SingleLines,
    TakesFiles,
    raise_refusals,
)
from marketplace.identifiers import check_uscc
from marketplace.models import Division, Organization

LONG = {"rows": 8}
TAKEN, ASIDE = "answered", "set_aside"


class ReportForm(TakesFiles, SingleLines, forms.Form):
    """What somebody has to tell, without having to say who they are."""

    topic = forms.ChoiceField(
        label=_("关于什么"), widget=forms.RadioSelect, choices=Report.Topic.choices
    )
    reference = forms.CharField(
        label=_("编号或者名称"),
        max_length=120,
        required=False,
        help_text=_("知道的话写采购编号，或者单位的名称。"),
    )
    division = DivisionField(label=_("在哪里"), help_text=_("事情发生的地方。"))
    text = forms.CharField(
        label=_("事情的经过"),
        max_length=Report._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("写明时间、经过，怎样知道的，有什么可以查证。不需要写自己是谁。"),
    )
    contact = forms.CharField(
        label=_("联系方式"),
        max_length=120,
        required=False,
        help_text=_("可以不填。填写的只有办理人员能看到。"),
    )
    papers = DocumentsField(
        label=_("材料"),
        required=False,
        help_text=_("可以不附。照片、录音以外的文件里可能有作者姓名，不想让人知道的请先去掉。"),
    )
    altcha = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_division(self) -> Division:
        """Take a place that somebody sees to."""
        division: Division = self.cleaned_data["division"]
        raise_refusals((authority_is_there(office_for(division)),))
        return division

    def clean_altcha(self) -> str:
        """Take what the script found; without one the form is taken more seldom."""
        return str(self.cleaned_data["altcha"])


class ReceiptForm(SingleLines, forms.Form):
    """The number under which the answer is found."""

    receipt = forms.CharField(label=_("回执号"), max_length=40)

    def clean_receipt(self) -> str:
        """Read the number as people copy it: with blanks and small letters."""
        given = "".join(self.cleaned_data["receipt"].split()).replace("-", "").upper()
        if len(given) != MOST_MARKS or not set(given) <= set(MARKS):
            raise ValidationError(
                _("回执号是 %(count)s 位字母和数字，请核对。"),
                code="invalid",
                params={"count": MOST_MARKS},
            )
        return given


class ReportAnswerForm(SingleLines, forms.Form):
    """What an officer answers, and whether the regulators are to look into an agency for it."""

    GUARD_FIELDS: ClassVar = {"report_answer_is_given": "answer"}

    outcome = forms.ChoiceField(
        label=_("办理结果"),
        widget=forms.RadioSelect,
        choices=[(TAKEN, _("已经处理")), (ASIDE, _("不予处理"))],
    )
    answer = forms.CharField(
        label=_("答复"),
        max_length=Report._meta.get_field("answer").max_length,
        widget=forms.Textarea(attrs=LONG),
        help_text=_(
            "写明查了什么、怎样处理；不予处理的写明理由。举报人凭回执号原样看到，不要写他人的个人信息。"
        ),
    )

    accused = forms.CharField(
        label=_("移送立案核查的机构"),
        max_length=40,
        required=False,
        help_text=_(
            "统一社会信用代码。反映机构失信的填写，由登记地的行业监管人员核查；不移送的不填。"
        ),
    )
    conduct = forms.ChoiceField(label=_("涉嫌的失信行为"), required=False)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(code, name_of_kind(code)) for code in breaches_at(at)]
        self.fields["conduct"].choices = [("", _("不移送")), *kinds]  # type: ignore[attr-defined]

    def clean_accused(self) -> Organization | None:
        """Find the agency; one that was never on the register cannot be looked into."""
        code = check_uscc(self.cleaned_data["accused"]).value
        if not code:
            return None
        found = Organization.objects.public_agencies().filter(uscc=code).first()
        if found is None:
            raise ValidationError(_("没有这个代码的入驻机构，请核对。"), code="unknown")
        return found

    def clean(self) -> dict[str, Any]:
        """Ask for both, the agency and what it is said to have done, or for neither."""
        cleaned = super().clean() or self.cleaned_data
        for one, other in (("accused", "conduct"), ("conduct", "accused")):
            if cleaned.get(one) and not cleaned.get(other) and other not in self.errors:
                self.add_error(other, _("移送的机构和涉嫌的行为须一并填写。"))
        return cleaned

    def given(self) -> dict[str, Any]:
        """Return what the action takes of a valid form."""
        data = self.cleaned_data
        accused = data["accused"]
        return {
            "answer": data["answer"],
            "is_taken_up": data["outcome"] == TAKEN,
            "suspicion": Suspicion(accused, data["conduct"]) if accused else None,
        }
