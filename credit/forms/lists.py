"""A file of a list that others keep."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from credit.models import ListKind
from credit.signed_lists import public_key
from marketplace.forms.fields import SingleLines

NOT_SIGNED = _("签名与公钥对不上，或者文件被改动过。")


class PeerForm(SingleLines, forms.Form):
    """The signed file of another platform, and the public key that it gave out beforehand."""

    key = forms.CharField(
        label=_("公钥"),
        max_length=64,
        help_text=_("对方平台另行提供的 Ed25519 公钥，43 个字符。签名对不上的文件不导入。"),
    )
    table = forms.FileField(
        label=_("签名文件"), help_text=_("对方平台导出的 JWS 文件，离线验证，不需要连接对方平台。")
    )

    def clean_key(self) -> Any:
        try:
            return public_key(self.cleaned_data["key"])
        except ValueError as error:
            raise forms.ValidationError(_("这不是 Ed25519 公钥。")) from error


class ListForm(SingleLines, forms.Form):
    """Which list, on what ground it restricts, and its file."""

    kind = forms.ChoiceField(
        label=_("名单"),
        choices=[(one.value, one.label) for one in ListKind if one != ListKind.PEER],
    )
    basis = forms.CharField(
        label=_("依据"),
        max_length=200,
        help_text=_(
            "列入名单后限制参加的依据：法律、法规、规章或者国务院文件，例如《政府采购法》第七十七条。"
        ),
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
