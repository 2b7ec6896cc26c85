"""Why somebody wants to read a number that public pages mask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.forms.fields import raise_refusals
from marketplace.kernel.verdicts import Verdict

REASONS = [
    ("bid", _("咨询采购、准备报名")),
    ("business", _("联系业务")),
    ("verification", _("核实资格、证书")),
    ("supervision", _("监督、投诉")),
]


class ReasonForm(forms.Form):
    """The reason that is noted; `asked` is whether the reader may be shown one more."""

    reason = forms.ChoiceField(label=_("查看理由"), choices=REASONS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, asked: Verdict, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked

    def clean(self) -> dict[str, Any]:
        raise_refusals((self.asked,))
        return self.cleaned_data
