"""How somebody is told of what comes to a question, and which word means a term."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.forms.fields import SingleLines
from search.models import SavedSearch


class SavedSearchForm(SingleLines, forms.Form):
    """The name of a kept question, how soon one is told, and whether by e-mail too."""

    title = forms.CharField(label=_("名称"), max_length=80)
    pace = forms.ChoiceField(
        label=_("什么时候通知"),
        choices=SavedSearch.Pace,
        initial=SavedSearch.Pace.AT_ONCE,
        widget=forms.RadioSelect,
    )
    is_mailed = forms.BooleanField(
        label=_("同时发邮件"),
        help_text=_("只发到已经验证的邮箱。每封邮件都可以一键停发。"),
        required=False,
        initial=True,
    )


class SynonymForm(SingleLines, forms.Form):
    """A term that finds nothing, and the word that means the same."""

    term = forms.CharField(label=_("没有结果的词"), max_length=40)
    word = forms.CharField(
        label=_("相当于"), help_text=_("目录或公告里正式的说法，如“环境影响评价”。"), max_length=40
    )
