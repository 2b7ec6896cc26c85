"""What is typed as a second factor; in the demo it is filled in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm as AccountLoginForm
from allauth.mfa.base.forms import AuthenticateForm as MFAAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as MFAReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marketplace.factors import code_of, demo_code
from marketplace.forms.fields import SingleLines

CODE_TEXT = _("验证码")
FILLED_IN_TEXT = _("演示环境已填好，直接继续即可。")
FACTOR_WAYS = {
    "reauthenticate": _("改用密码"),
    "mfa_reauthenticate": _("改用验证码或恢复码"),
    "mfa_reauthenticate:webauthn": _("改用通行密钥"),
}
FACTOR_ERRORS = {
    "add_email_blocked": _("账号已开启二次验证，不能再增加邮箱。"),
    "cannot_delete_authenticator": _(
        "管理机构人员和编辑办理业务须有二次验证，不能解除最后一种。请先绑定另一种，再解除这一种。"
    ),
    "cannot_generate_recovery_codes": _("请先绑定验证器或通行密钥，再生成恢复码。"),
    "incorrect_code": _("验证码不对或已经用过，请填写验证器现在显示的六位数字。"),
    "unverified_email": _("请先验证邮箱，再绑定验证器或通行密钥。"),
}


def _code_widget() -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})


class AuthenticateForm(SingleLines, MFAAuthenticateForm):
    """The code of the app, or one for its loss, at the log-in."""

    code = forms.CharField(
        label=CODE_TEXT,
        help_text=_("验证器显示的六位数字。设备不在身边的，填写一个恢复码。"),
        widget=_code_widget(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_in(self, demo_code())


class ReauthenticateForm(SingleLines, MFAReauthenticateForm):
    """The code of the app in a session that has seen none, or none of late."""

    code = forms.CharField(
        label=CODE_TEXT,
        help_text=_("验证器显示的六位数字。设备不在身边的，填写一个恢复码。"),
        widget=_code_widget(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_in(self, demo_code())


class ActivateForm(SingleLines, ActivateTOTPForm):
    """The first code of a new app."""

    code = forms.CharField(
        label=CODE_TEXT, help_text=_("验证器显示的六位数字。"), widget=_code_widget()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_in(self, code_of(self.secret) if settings.DEMO else "")


class ResetForm(SingleLines, forms.Form):
    """Why somebody's second factors are to be unbound."""

    reasons = forms.CharField(
        label=_("理由"), help_text=_("例如：手机遗失，已当面核对本人。"), max_length=200
    )


class LoginForm(AccountLoginForm):
    """The log-in; in the demo with the code, so that officers need no further step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.DEMO:
            self.fields["code"] = forms.CharField(
                label=CODE_TEXT, required=False, widget=_code_widget()
            )
            fill_in(self, demo_code())


def fill_in(form: forms.Form, code: str) -> None:
    """Fill the code in and say so; without a code leave the form as it is."""
    if code:
        form.fields["code"].initial = code
        form.fields["code"].help_text = FILLED_IN_TEXT
