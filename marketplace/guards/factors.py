"""May the second factors of an officer be reset: three people are in it, and each is another."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.factors import factors_of
from marketplace.kernel.verdicts import Verdict, guard
from marketplace.models import FactorReset, Membership, User


@guard(_("这个人没有绑定验证器或通行密钥，不需要重置"))
def a_factor_is_bound(user: User) -> bool:
    return factors_of(user).exists()


@guard(_("自己的二次验证不能由自己申请重置，请由另一位管理员办理"))
def reset_is_for_another(user: User, by: User) -> bool:
    return user != by


@guard(_("这个人的重置申请正在等待确认"))
def no_reset_waits(membership: Membership) -> bool:
    waiting = FactorReset.objects.waiting()
    return not waiting.filter(
        organization_id=membership.organization_id, user_id=membership.user_id
    ).exists()


@guard(_("这份申请已经确认或者撤回"))
def reset_waits(reset: FactorReset) -> bool:
    return reset.confirmed_at is None and reset.withdrawn_at is None


@guard(_("申请人和丢失设备的人不能自己确认，请由另一人核对"))
def reset_is_confirmed_by_a_third(reset: FactorReset, by: User) -> bool:
    return by.pk not in {reset.asked_by_id, reset.user_id}


def may_ask_for_reset(membership: Membership, by: User) -> tuple[Verdict, ...]:
    """Ask whether `by` may ask to unbind the factors of a member."""
    return (
        reset_is_for_another(membership.user, by),
        a_factor_is_bound(membership.user),
        no_reset_waits(membership),
    )


def may_confirm_reset(reset: FactorReset, by: User) -> tuple[Verdict, ...]:
    """Ask whether `by` may confirm that the person is the one who has lost the device."""
    return reset_waits(reset), reset_is_confirmed_by_a_third(reset, by)
