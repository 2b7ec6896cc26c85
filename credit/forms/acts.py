"""What officers and agencies fill in for the acts on a case that have a page of their own."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from credit.models import Entry, Review
from marketplace.forms.fields import DocumentsField, SingleLines, TakesFiles
from marketplace.kernel.calendar import CHINA
from marketplace.models import User

SHORT, LONG = {"rows": 3}, {"rows": 6}


class NoteForm(SingleLines, forms.Form):
    """Why an officer does what the page asks about."""

    reasons = forms.CharField(label=_("理由"), max_length=1000, widget=forms.Textarea(attrs=SHORT))


class HandOverForm(NoteForm):
    """To which colleague a case goes, and why."""

    colleague = forms.ModelChoiceField(
        label=_("交给"), queryset=User.objects.none(), empty_label=_("请选择")
    )
    field_order = ("colleague", "reasons")

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].queryset = colleagues  # type: ignore[attr-defined]


class HearingForm(SingleLines, forms.Form):
    """When and where a hearing takes place."""

    takes_place_at = forms.DateTimeField(
        label=_("听证时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text=_("北京时间。举行听证的七日前通知机构。"),
    )
    place = forms.CharField(label=_("听证地点"), max_length=120)

    def clean_takes_place_at(self) -> datetime:
        """Read the time as one in China, whatever zone the server has."""
        moment: datetime = self.cleaned_data["takes_place_at"]
        return moment.replace(tzinfo=CHINA)


class MinutesForm(TakesFiles, SingleLines, forms.Form):
    """What was said in a hearing."""

    minutes = forms.CharField(
        label=_("听证笔录"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("写明到场人员、调查人员的意见、机构的申辩和质证。经机构核对签字的笔录附后。"),
    )
    papers = DocumentsField(label=_("签字的笔录"), required=False)


class AppealForm(TakesFiles, SingleLines, forms.Form):
    """Why a decision is to be reviewed."""

    grounds = forms.CharField(
        label=_("申请复核的理由"),
        max_length=4000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("只能申请一次。写明不服决定的哪一部分、事实和理由。"),
    )
    papers = DocumentsField(label=_("复核材料"), required=False)


class RepairForm(TakesFiles, SingleLines, forms.Form):
    """What was corrected, and the word for the future."""

    correction = forms.CharField(
        label=_("怎样纠正了失信行为"), max_length=4000, widget=forms.Textarea(attrs=LONG)
    )
    papers = DocumentsField(label=_("纠正的材料"), required=False)
    commitment = forms.CharField(
        label=_("信用承诺"),
        max_length=2000,
        widget=forms.Textarea(attrs=LONG),
        initial=_(
            "本单位承诺：已经纠正失信行为，今后依法诚信服务；再有失信行为，愿意承担相应后果。"
        ),
        help_text=_("可以修改。准予修复后，承诺留存备查。"),
    )


class ReviewForm(SingleLines, forms.Form):
    """What comes of a review."""

    outcome = forms.ChoiceField(
        label=_("复核结果"),
        widget=forms.RadioSelect,
        choices=[
            (Review.Status.UPHELD.value, _("维持决定")),
            (Review.Status.VARIED.value, _("变更：缩短期限")),
            (Review.Status.GRANTED.value, _("撤销决定")),
        ],
    )
    months = forms.IntegerField(
        label=_("变更后的期限（月）"),
        min_value=1,
        max_value=120,
        required=False,
        help_text=_("只在变更时填写，自决定生效之日起算，须短于原来的期限。"),
    )
    reasons = forms.CharField(label=_("理由"), max_length=4000, widget=forms.Textarea(attrs=LONG))


class RepairDecisionForm(SingleLines, forms.Form):
    """What comes of an application for repair."""

    is_granted = forms.TypedChoiceField(
        label=_("审核结果"),
        widget=forms.RadioSelect,
        choices=[("yes", _("准予修复")), ("no", _("不予修复"))],
        coerce=lambda value: value == "yes",
    )
    reasons = forms.CharField(
        label=_("审核意见"), max_length=2000, widget=forms.Textarea(attrs=LONG)
    )


class JudgmentForm(SingleLines, forms.Form):
    """Whether a reason was a good one."""

    is_excused = forms.TypedChoiceField(
        label=_("认定"),
        widget=forms.RadioSelect,
        choices=[("no", _("无正当理由，计入信用记录")), ("yes", _("有正当理由，不扣分"))],
        coerce=lambda value: value == "yes",
    )
    reasons = forms.CharField(
        label=_("认定的理由"),
        max_length=1000,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("写明查了什么。机构能看到认定的结果和理由。"),
    )

    def __init__(self, *args: Any, is_told: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_told:
            self.fields["is_excused"].choices = [  # type: ignore[attr-defined]
                ("no", _("情况属实，计入信用记录")),
                ("yes", _("情况不属实，不计入")),
            ]


class ExplanationForm(SingleLines, forms.Form):
    """What a unit says to what another says of it."""

    explanation = forms.CharField(
        label=_("情况说明"),
        max_length=2000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("认定以前可以修改。认定属实的，说明和记录一起公开。"),
    )


class CorrectionForm(SingleLines, forms.Form):
    """What an entry should count instead, and why."""

    points = forms.DecimalField(
        label=_("更正后的分值"),
        max_digits=6,
        decimal_places=2,
        help_text=_("事实不成立的填 0；多扣的填应扣的分，扣分写作负数。"),
    )
    note = forms.CharField(
        label=_("更正的理由"), max_length=300, widget=forms.Textarea(attrs=SHORT)
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entry = entry

    def clean_points(self) -> Decimal:
        """Take points in halves, as all of a record are."""
        points: Decimal = self.cleaned_data["points"]
        if points % Decimal("0.5"):
            raise ValidationError(_("分值以 0.5 为单位。"), code="not_in_halves")
        return points
