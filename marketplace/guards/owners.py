"""May an officer decide on the check of an owner."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.guards.registration import GB_32100
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Buyer, Membership, User


@guard(_("项目业主不在待核验状态，现在是“%(status)s”"))
def owner_awaits_check(buyer: Buyer) -> bool | Because:
    awaits = buyer.status == Buyer.Status.REGISTERED
    return awaits or Because(status=buyer.get_status_display())


@guard(_("您是这家单位的成员，不能核验自己的单位"))
def officer_is_not_of_the_owner(buyer: Buyer, by: User) -> bool:
    members = Membership.objects.active().filter(organization_id=buyer.pk)
    return not members.filter(user=by).exists()


@guard(
    _("统一社会信用代码的校验码与按标准算出的不符，通过前须对照证照核实，并勾选确认"),
    source=GB_32100,
)
def owner_uscc_is_confirmed(buyer: Buyer, confirmed: bool) -> bool:  # noqa: FBT001 - the officer's tick
    return buyer.organization.uscc_is_settled or confirmed


@guard(_("请核对办理人是否得到单位授权，并勾选确认"), source=FORM)
def authority_is_confirmed(confirmed: bool) -> bool:  # noqa: FBT001 - the officer's tick
    return confirmed


@guard(_("退回要写明理由，让业主知道补正什么"), source=FORM)
def owner_learns_why(reasons: str) -> bool:
    return bool(reasons.strip())


def may_decide_owner(buyer: Buyer, by: User) -> tuple[Verdict, ...]:
    """Ask what must hold before an officer decides either way."""
    return (owner_awaits_check(buyer), officer_is_not_of_the_owner(buyer, by))


def may_confirm_owner(
    buyer: Buyer, by: User, *, uscc_confirmed: bool, authority_confirmed: bool
) -> tuple[Verdict, ...]:
    """Ask everything that must hold before an owner counts as checked."""
    return (
        *may_decide_owner(buyer, by),
        owner_uscc_is_confirmed(buyer, uscc_confirmed),
        authority_is_confirmed(authority_confirmed),
    )


def may_send_owner_back(buyer: Buyer, reasons: str, by: User) -> tuple[Verdict, ...]:
    """Ask everything that must hold before an owner is to correct what it is registered with."""
    return (*may_decide_owner(buyer, by), owner_learns_why(reasons))
