"""What officers and agencies fill in about a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from credit.in_force import breaches_at
from credit.models import Measure, Severity, name_of_kind
from credit.rules import CASE_FILES, MONTHS
from marketplace.forms.fields import DayField, DocumentsField, SingleLines, TakesFiles
from marketplace.kernel.calendar import CHINA, day_of
from marketplace.kernel.rules import Rule
from marketplace.models import ServiceClass
from marketplace.web.moments import cn_date

LONG = {"rows": 6}


class CaseForm(TakesFiles, SingleLines, forms.Form):
    """A notice: what was found, when, by what proof, and what is proposed."""

    kind = forms.ChoiceField(
        label=_("失信行为"),
        choices=[("", _("请选择"))],
    )
    reference = forms.CharField(
        label=_("关联业务"),
        max_length=64,
        required=False,
        help_text=_(
            "采购编号或者合同编号。机构不在本辖区登记的，须填写本辖区已经开启报价、该机构参加了的采购。"
        ),
    )
    occurred_on = DayField(label=_("行为发生日期"))
    facts = forms.CharField(
        label=_("事实"),
        max_length=4000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("写明时间、经过、涉及的业务和怎样发现。告知书原文送达机构，决定后公示。"),
    )
    evidence = DocumentsField(
        label=_("证据材料（当事机构可以查阅）"),
        required=False,
        help_text=_("没有证据不能告知。信用分达到立案界限的，计算过程就是证据。"),
    )
    person_name = forms.CharField(
        label=_("当事执业人员"),
        max_length=32,
        required=False,
        help_text=_(
            "只对执业人员作出处理时填写：限制的是人，在任何机构都不能执业，机构本身不受限制。"
            "公示时姓名和证书编号隐去一部分，事实里请不要写姓名。"
        ),
    )
    person_number = forms.CharField(label=_("执业证书编号"), max_length=60, required=False)
    legal_basis = forms.CharField(
        label=_("依据"),
        max_length=200,
        help_text=_("法律、法规、规章或者国务院文件的名称和条款。没有依据不能限制。"),
    )
    severity = forms.ChoiceField(
        label=_("认定等级"), widget=forms.RadioSelect, choices=Severity.choices
    )
    restriction_kind = forms.ChoiceField(
        label=_("拟采取措施"), widget=forms.RadioSelect, choices=Measure.choices
    )
    months = forms.IntegerField(
        label=_("期限（月）"),
        min_value=0,
        max_value=120,
        help_text=_("在所选等级的范围以内。只有警示可以填 0，即不设期限。"),
    )
    service_class = forms.ModelChoiceField(
        label=_("限于服务类别"),
        queryset=ServiceClass.objects.none(),
        required=False,
        to_field_name="code",
        empty_label=_("全部服务类别"),
        help_text=_("只有暂停报名可以限于一个类别。"),
    )

    def __init__(
        self, *args: Any, rules: Mapping[str, Rule], since: date, at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, most=rules[CASE_FILES.key].read, **kwargs)
        self.since, self.at = since, at
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("请选择")),
            *((code, name_of_kind(code)) for code in breaches_at(at)),
        ]
        self.fields["service_class"].queryset = ServiceClass.objects.all()  # type: ignore[attr-defined]
        self._offer_grades({one: rules[MONTHS.cell(one.value).key] for one in Severity})

    def _offer_grades(self, ranges: Mapping[Severity, Rule]) -> None:
        """Let each grade say its months, and what they rest on."""
        field: Any = self.fields["severity"]
        field.choices = [(one.value, _with_range(one, rule)) for one, rule in ranges.items()]
        field.option_bases = {one.value: rule.legal_basis for one, rule in ranges.items()}

    def clean_occurred_on(self) -> date:
        """Take a day that the rules know; one to come is refused with the notice."""
        on: date = self.cleaned_data["occurred_on"]
        if on < self.since:
            raise ValidationError(
                _("行为发生日期应在 %(since)s（信用规则施行之日）至今天（%(today)s）之间。"),
                code="out_of_range",
                params={"since": cn_date(self.since), "today": cn_date(self.at)},
            )
        return on

    def proposed(self) -> dict[str, Any]:
        """Return what a valid form proposes, and its evidence as files."""
        values = dict(self.cleaned_data)
        values["files"] = values.pop("evidence")
        values["occurred_at"] = _moment_of(values.pop("occurred_on"), self.at)
        return values


def _with_range(severity: Severity, rule: Rule) -> str:
    first, last = rule.read
    parts = {"severity": severity.label, "first": first, "last": last}
    return _("%(severity)s（%(first)s–%(last)s 个月）") % parts


def _moment_of(day: date, at: datetime) -> datetime:
    """Return the beginning of `day` in China, or `at` itself when it is today."""
    return at if day == day_of(at) else datetime.combine(day, time.min, tzinfo=CHINA)


class StatementForm(TakesFiles, SingleLines, forms.Form):
    """What the agency says, with its papers."""

    statement = forms.CharField(
        label=_("陈述、申辩的意见"),
        max_length=4000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("只能提交一次。提交后进入决定阶段。"),
    )
    document = DocumentsField(label=_("陈述材料"), required=False)
    asks_hearing = forms.BooleanField(
        label=_("要求听证"),
        required=False,
        help_text=_("拟采取的措施限制从业，贵单位有权要求听证；听证结束后再作决定。"),
    )

    def __init__(self, *args: Any, may_be_heard: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_be_heard:
            del self.fields["asks_hearing"]


class ReasonsForm(SingleLines, forms.Form):
    """Why an officer decides as they do."""

    reasons = forms.CharField(
        label=_("理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明采信的事实和证据，以及对陈述、申辩的意见。理由写入决定书。"),
    )


class DismissalForm(SingleLines, forms.Form):
    """Why a case comes to nothing; there is no decision that could hold it."""

    reasons = forms.CharField(
        label=_("不予处理的理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明采信的事实和证据，以及对陈述、申辩的意见。理由送达当事单位。"),
    )


class AsideForm(SingleLines, forms.Form):
    """Why no case is opened."""

    reasons = forms.CharField(
        label=_("不予立案的理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明查了什么、为什么不立案。理由留存备查。"),
    )


class RevocationForm(SingleLines, forms.Form):
    """Why a decision is taken back."""

    reasons = forms.CharField(
        label=_("撤销的理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "撤销后限制立即解除，已经失效的报价不恢复。由决定形成的扣分不再计算，"
            "同一件事另有决定或者平台记录的除外。理由公示。"
        ),
    )


class PastDayForm(forms.Form):
    """A day to look back at."""

    on = forms.DateField(
        label=_("查过去某日的信用分"),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )

    def __init__(self, *args: Any, since: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since, self.today = since, today

    def clean_on(self) -> date | None:
        """Take a day that the rules know and that has begun."""
        on: date | None = self.cleaned_data["on"]
        if on is not None and not self.since <= on <= self.today:
            raise ValidationError(
                _("只能查 %(since)s（信用规则施行之日）至今天（%(today)s）的信用分。"),
                code="out_of_range",
                params={"since": cn_date(self.since), "today": cn_date(self.today)},
            )
        return on
