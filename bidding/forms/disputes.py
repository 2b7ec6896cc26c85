"""What is filled in about an objection or a complaint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bidding.models import Dispute, Matter, Remedy
from bidding.models.dispute import OF_ORDER
from marketplace.forms.fields import DayField, DocumentsField, SingleLines, TakesFiles
from marketplace.models import Organization

LONG, SHORT = {"rows": 8}, {"rows": 3}
YES, NO = "upheld", "rejected"


class AboutForm(SingleLines, forms.Form):
    """The first step: what it is about, in the words of who looks for help."""

    matter = forms.ChoiceField(
        label=_("关于什么"), widget=forms.RadioSelect, choices=Matter.choices
    )
    code = forms.CharField(
        label=_("采购编号"),
        max_length=24,
        required=False,
        help_text=_("关于采购公告、选取结果、其他参加机构的填写，在采购页面的标题下面。"),
    )
    name = forms.CharField(
        label=_("单位名称"),
        max_length=120,
        required=False,
        help_text=_("关于入驻公示的填写公示的机构，关于运营机构服务的填写运营机构的名称。"),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what the matter is known by."""
        given = super().clean() or {}
        matter = given.get("matter")
        if matter in OF_ORDER and not given.get("code"):
            self.add_error("code", ValidationError(_("请填写采购编号。"), code="required"))
        if matter and matter not in OF_ORDER and not given.get("name"):
            self.add_error("name", ValidationError(_("请填写单位名称。"), code="required"))
        return given


class DisputeForm(TakesFiles, SingleLines, forms.Form):
    """Facts, request, evidence, and the word that they are true."""

    GUARD_FIELDS: ClassVar = {
        "facts_and_request_are_given": "facts",
        "evidence_is_given": "evidence",
        "respondent_took_part": "respondent",
        "day_is_given": "occurred_on",
        "complaint_is_in_time": "occurred_on",
    }

    respondent = forms.ChoiceField(label=_("对哪一家机构"), choices=[("", _("请选择"))])
    occurred_on = DayField(label=_("事情发生的日期"))
    facts = forms.CharField(
        label=_("事实和理由"),
        max_length=Dispute._meta.get_field("facts").max_length,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("写明时间、经过、认为哪里不对、依据什么。受理后答复单位会原样看到。"),
    )
    request = forms.CharField(
        label=_("请求"),
        max_length=Dispute._meta.get_field("request").max_length,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("希望怎样处理，例如更正公告、重新核对结果。"),
    )
    evidence = DocumentsField(
        label=_("证据材料"),
        help_text=_("至少一份。答复单位和办理机关可以查阅，不向社会公开。"),
    )
    is_true = forms.BooleanField(
        label=_("以上内容属实，本单位对真实性负责"),
        help_text=_("同一事项只能提出一次，撤回以后也不能再提。"),
    )

    def __init__(
        self,
        *args: Any,
        others: Sequence[Organization] | None = None,
        asks_day: bool = False,
        has_evidence: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("请选择")), *((one.slug, one.name) for one in others or ())]
        self.fields["respondent"].choices = choices  # type: ignore[attr-defined]
        if others is None:
            del self.fields["respondent"]
        if not asks_day:
            del self.fields["occurred_on"]
        if has_evidence:
            self.fields["evidence"].required = False
            self.fields["evidence"].help_text = _("异议所附的证据一并提交，这里只补充新的。")


class AnswerDisputeForm(TakesFiles, SingleLines, forms.Form):
    """What the other side says, with its papers."""

    GUARD_FIELDS: ClassVar = {"answer_is_given": "answer"}

    answer = forms.CharField(
        label=_("答复"),
        max_length=Dispute._meta.get_field("answer").max_length,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("只能答复一次。提出单位会原样看到，隐去个人信息后向社会公开。"),
    )
    papers = DocumentsField(label=_("答复的材料"), required=False)


class DisputeReasonsForm(SingleLines, forms.Form):
    """Why an officer does what the page asks about."""

    GUARD_FIELDS: ClassVar = {"officer_gives_reasons": "reasons"}

    reasons = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs=SHORT))


class ClosingForm(SingleLines, forms.Form):
    """How a decision was carried out."""

    GUARD_FIELDS: ClassVar = {"officer_gives_reasons": "note"}

    note = forms.CharField(
        label=_("办结说明"),
        max_length=Dispute._meta.get_field("closing_note").max_length,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("写明决定怎样执行，双方会原样看到，并向社会公开。"),
    )


class DecisionForm(SingleLines, forms.Form):
    """Whether a complaint is right, what follows, and why."""

    GUARD_FIELDS: ClassVar = {
        "officer_gives_reasons": "decision",
        "award_can_be_cancelled": "remedy",
    }

    verdict = forms.ChoiceField(
        label=_("投诉是否成立"),
        widget=forms.RadioSelect,
        choices=[(YES, _("投诉成立")), (NO, _("投诉不成立"))],
    )
    remedy = forms.ChoiceField(
        label=_("处理"),
        widget=forms.RadioSelect,
        choices=Remedy.choices,
        initial=Remedy.NONE,
    )
    decision = forms.CharField(
        label=_("理由和处理决定"),
        max_length=Dispute._meta.get_field("decision").max_length,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("写明采信的事实和证据、依据和处理。隐去个人信息后向社会公开。"),
    )
