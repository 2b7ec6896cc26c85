"""Why somebody wants to read a number that public pages mask."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

REASONS = [
    ("bid", _("咨询采购、准备报名")),
    ("business", _("联系业务")),
    ("verification", _("核实资格、证书")),
    ("supervision", _("监督、投诉")),
]


class ReasonForm(forms.Form):
    """The reason that is noted."""

    reason = forms.ChoiceField(label=_("查看理由"), choices=REASONS, widget=forms.RadioSelect)
