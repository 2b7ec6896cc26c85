"""What a manager fills in to propose a rule value, or a file of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.forms.fields import SingleLines
from marketplace.forms.reference import PROBLEMS
from marketplace.kernel.rules import required
from marketplace.kernel.wording import UNITS
from marketplace.models import Division
from marketplace.reference import BadReferenceData, Parameter, read_parameters, read_value

UNNAMED = {
    "": _("没有单位"),
    "count": _("个数"),
    "switch": _("开关（true 可用，false 停用）"),
    "choice": _("选项"),
}
"""What a value is that has no unit to be read with."""


class RuleForm(SingleLines, forms.Form):
    """One value: of which rule, where, from when, on what basis."""

    key = forms.CharField(
        label=_("规则"), max_length=64, widget=forms.TextInput(attrs={"list": "rule-keys"})
    )
    value = forms.CharField(
        label=_("值"),
        max_length=300,
        help_text=_("整数、小数、true、false，或者 [3, 12] 这样的一对数。"),
    )
    unit = forms.ChoiceField(label=_("单位"))
    scope = forms.ModelChoiceField(
        label=_("适用地区"),
        queryset=Division.objects.none(),
        to_field_name="code",
        empty_label=_("请选择"),
    )
    in_force_from = forms.DateField(
        label=_("生效日期"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("今天或者以后。已经发布的采购仍按它自己的版本办理。"),
    )
    legal_basis = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("文件名称和条款，没有的写“平台默认”。")
    )
    source_note = forms.CharField(label=_("来源说明"), max_length=300, required=False)

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].queryset = areas  # type: ignore[attr-defined]
        units = {unit for rule in required().values() for unit in rule.kind.units}
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            (unit, UNITS[unit] or UNNAMED[unit]) for unit in UNITS if unit in units
        ]
        self.keys = [(key, str(rule.label)) for key, rule in required().items()]

    def clean_value(self) -> Any:
        """Read the value as JSON states it."""
        try:
            return read_value(self.cleaned_data["value"])
        except ValueError as error:
            raise forms.ValidationError(_("看不懂这个值，请照提示填写。"), "not_json") from error

    def rows(self) -> list[Parameter]:
        """Return what is proposed as a row that can be loaded."""
        given = {**self.cleaned_data, "scope": self.cleaned_data["scope"].code}
        return [Parameter(**given, line=1)]


class RulesFileForm(SingleLines, forms.Form):
    """Values as JSON, in the form in which they are given out."""

    content = forms.CharField(
        label=_("规则（JSON）"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("与下载的格式相同；每一条都要由另一人确认。有一条不合规定，全部不收。"),
    )

    def clean_content(self) -> Iterable[Parameter]:
        """Read the rows."""
        try:
            return read_parameters(self.cleaned_data["content"])
        except BadReferenceData as error:
            raise forms.ValidationError(
                _("第 %(line)s 条，%(column)s：%(value)s %(problem)s。"),
                error.problem,
                {
                    "line": error.line,
                    "column": error.column,
                    "value": error.value,
                    "problem": PROBLEMS.get(error.problem, error.problem),
                },
            ) from error

    def rows(self) -> list[Parameter]:
        """Return what is proposed."""
        return list(self.cleaned_data["content"])
