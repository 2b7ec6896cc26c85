"""A file of a list that others keep."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from credit.models import ListKind
from marketplace.forms.fields import SingleLines

MOST_BYTES = 20 * 1024 * 1024


class ListForm(SingleLines, forms.Form):
    """Which list, on what ground it restricts, and its file."""

    kind = forms.ChoiceField(
        label=_("名单"),
        choices=[(one.value, one.label) for one in ListKind if one != ListKind.PEER],
    )
    basis = forms.CharField(
        label=_("依据"),
        max_length=200,
        help_text=_("列入名单后限制参加的依据：法律、法规、规章或者国务院文件。"),
    )
    is_whole = forms.BooleanField(
        label=_("这是完整名单"),
        required=False,
        help_text=_("名单里不再有的，按已经移出处理，限制立即解除。"),
    )
    table = forms.FileField(
        label=_("名单文件"),
        help_text=_("按公布的栏目保存的 CSV 文件（UTF-8 或者 GBK）。自然人不导入。"),
    )
