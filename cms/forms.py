"""Appoint somebody who writes pages or agrees to them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.models import EDITORS, REVIEWERS
from marketplace.forms.fields import SingleLines


class PostForm(SingleLines, forms.Form):
    """Whom, and to which post."""

    GUARD_FIELDS = {
        "account_exists": "login",
        "appointed_by_another": "login",
        "post_is_new": "post",
    }

    login = forms.CharField(
        label=_("用户名"),
        help_text=_("须与对方账号完全一致。"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    post = forms.ChoiceField(
        label=_("岗位"),
        choices=[
            (str(EDITORS), _("编辑：撰写并提交")),
            (str(REVIEWERS), _("审核：审核他人提交的内容，撤下已发布的页面")),
        ],
        widget=forms.RadioSelect,
    )
