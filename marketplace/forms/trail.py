"""What a reader of the trail asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.forms.fields import DayField, SingleLines


class TrailForm(SingleLines, forms.Form):
    """Who acted, on what, and on which days; what is left out narrows nothing."""

    who = forms.CharField(
        label=_("操作人"), max_length=60, required=False, help_text=_("姓名或者登录名。")
    )
    number = forms.CharField(
        label=_("对象编号"),
        max_length=64,
        required=False,
        help_text=_("采购、合同、案件的编号，或者信用代码。"),
    )
    since = DayField(label=_("从"), required=False)
    until = DayField(label=_("到"), required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("不能早于开始的日期。"))
        return given
