"""Appoint somebody who writes pages or agrees to them, and give a department its section."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.guards import posts
from cms.models import (
    EDITORS,
    REVIEWERS,
    ItemIndexPage,
    NoticeIndexPage,
    SectionPage,
)
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
    post = forms.ChoiceField(label=_("岗位"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {str(EDITORS): _("编辑：全部页面，撰写并提交")}
        said[str(REVIEWERS)] = _("审核：全部页面，审核他人提交的内容，撤下已发布的页面")
        choices = [(post.name, said.get(post.name, post.name)) for post in posts()]
        self.fields["post"].choices = choices  # type: ignore[attr-defined]


class DepartmentForm(SingleLines, forms.Form):
    """A department, and the section that it writes and reviews."""

    GUARD_FIELDS = {"department_is_new": "name", "section_is_free": "section"}

    name = forms.CharField(label=_("部门"), max_length=40)
    section = forms.ModelChoiceField(
        label=_("栏目"),
        queryset=Page.objects.none(),
        empty_label=_("请选择"),
        help_text=_("部门的编辑和审核只能办理这个栏目和它下面的页面。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (SectionPage, NoticeIndexPage, ItemIndexPage)
        self.fields["section"].queryset = Page.objects.type(*kinds)  # type: ignore[attr-defined]
