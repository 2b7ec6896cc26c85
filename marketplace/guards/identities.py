"""May an officer say which person an account is of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.guards.registration import identity_number_is_right
from marketplace.kernel.verdicts import Verdict, guard
from marketplace.models import OfficerIdentity, User


@guard(_("您的身份已经登记。登记有误的，由管理员申请重置二次验证，重置后重新登记"))
def identity_is_open(user: User) -> bool:
    return not OfficerIdentity.objects.filter(user=user).exists()


@guard(_("这个身份已经登记在另一个账号。一个人只用一个账号办理业务，请用那个账号登录"))
def person_has_no_other_account(key: str, user: User) -> bool:
    return not OfficerIdentity.objects.filter(key=key).exclude(user=user).exists()


def may_state_identity(identity_number: str, key: str, user: User) -> tuple[Verdict, ...]:
    """Ask whether an account may be that of the person with this number."""
    return (
        identity_is_open(user),
        identity_number_is_right(identity_number),
        person_has_no_other_account(key, user),
    )
