"""A plan of inspections, the result of a check, and why an inspector cannot go."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bidding.models import USUAL_CHECKS, Inspection, InspectionPlan, InspectionSeat
from credit.models import name_of_kind
from marketplace.forms.fields import (
    DayField,
    DivisionField,
    DocumentsField,
    ServiceClassField,
    SingleLines,
    TakesFiles,
)
from marketplace.models import Division

LONG = {"rows": 6}
LINE_LENGTH = 100
RIGHT, WRONG = "right", "wrong"


class PlanForm(SingleLines, forms.Form):
    """What is to be inspected, where and when; the shares by grade are the rulebook's."""

    GUARD_FIELDS: ClassVar = {
        "plan_is_for_the_own_area": "division",
        "checks_begin_after_the_draw": "starts_on",
        "checks_end_after_their_beginning": "ends_on",
        "plan_says_what_is_checked": "checklist",
    }

    title = forms.CharField(
        label=_("计划名称"), max_length=InspectionPlan._meta.get_field("title").max_length
    )
    division = DivisionField(label=_("检查范围"), help_text=_("登记在这里的机构列入抽取名单。"))
    service_class = ServiceClassField(
        required=False, empty_value=None, help_text=_("不选的，各类机构都列入。")
    )
    starts_on = DayField(label=_("检查开始"), help_text=_("须在抽取以后。"))
    ends_on = DayField(label=_("检查结束"), help_text=_("检查结果在这一天以前公布。"))
    checklist = forms.CharField(
        label=_("检查内容"),
        widget=forms.Textarea(attrs=LONG),
        max_length=2000,
        help_text=_("每行一项，检查时逐项填写是否符合。"),
    )

    def __init__(self, *args: Any, area: Division, **kwargs: Any) -> None:
        usual = {"checklist": "\n".join(map(str, USUAL_CHECKS)), "division": area}
        initial = {**usual, **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_checklist(self) -> list[str]:
        """Return the lines; one is a sentence, not a page."""
        lines = [line.strip() for line in self.cleaned_data["checklist"].splitlines()]
        if any(len(line) > LINE_LENGTH for line in lines):
            raise ValidationError(
                _("每项不超过 %(most)s 字。"), code="long", params={"most": LINE_LENGTH}
            )
        return [line for line in lines if line]


class CheckForm(TakesFiles, SingleLines, forms.Form):
    """What a check found, line by line, and what follows."""

    GUARD_FIELDS: ClassVar = {
        "day_is_in_the_period": "checked_on",
        "outcome_follows_from_the_lines": "outcome",
        "conduct_is_named_where_it_is_followed_up": "kind",
        "check_is_described": "text",
    }

    checked_on = DayField(label=_("检查日期"))
    outcome = forms.ChoiceField(
        label=_("检查结果"), widget=forms.RadioSelect, choices=Inspection.Outcome.choices
    )
    kind = forms.ChoiceField(
        label=_("涉嫌的失信行为"),
        required=False,
        help_text=_("移送立案核查的选择。不对外公开。"),
    )
    text = forms.CharField(
        label=_("检查情况"),
        max_length=Inspection._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("写明怎样检查、看到什么、要求改正什么。机构和监管部门能看到，不对外公开。"),
    )
    papers = DocumentsField(
        label=_("检查材料"), required=False, help_text=_("检查记录、照片等，移送的作为证据。")
    )

    def __init__(self, *args: Any, lines: list[str], breaches: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(code, name_of_kind(code)) for code in breaches]
        self.fields["kind"].choices = [("", _("不移送")), *kinds]  # type: ignore[attr-defined]
        asked = {
            f"line_{number}": forms.ChoiceField(
                label=line,
                widget=forms.RadioSelect,
                choices=[(RIGHT, _("符合")), (WRONG, _("不符合"))],
            )
            for number, line in enumerate(lines)
        }
        self.lines = list(asked)
        day = self.fields.pop("checked_on")
        self.fields = {"checked_on": day, **asked, **self.fields}

    def given(self) -> dict[str, Any]:
        """Return what the action takes of a valid form."""
        data = self.cleaned_data
        return {
            "checked_on": data["checked_on"],
            "answers": [data[name] == RIGHT for name in self.lines],
            **{name: data[name] for name in ("outcome", "kind", "text", "papers")},
        }


class StepAsideForm(SingleLines, forms.Form):
    """Why an inspector cannot make a check."""

    GUARD_FIELDS: ClassVar = {"reasons_for_stepping_aside_are_given": "reasons"}

    reasons = forms.CharField(
        label=_("不能参加的理由"),
        max_length=InspectionSeat._meta.get_field("reasons").max_length,
        help_text=_("与机构有利害关系，或者有其他原因。在检查页面公布。"),
    )
