"""An owner's name and code: confirmed before its first order is public, and fixed from then on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from marketplace.guards.registration import GB_32100
from marketplace.kernel.verdicts import Verdict, guard
from marketplace.models import Organization


@guard(
    _(
        "项目业主的统一社会信用代码校验码与按标准算出的不符，"
        "审核人须对照证照核实，并在审核通过时勾选确认"
    ),
    source=GB_32100,
)
def buyer_uscc_is_confirmed(buyer: Organization, confirmed: bool) -> bool:  # noqa: FBT001 - the officer's tick
    return buyer.uscc_is_settled or confirmed


@guard(_("单位的采购已经公开发布，名称、信用代码、性质和登记地列在公告里，线上不能再改"))
def owner_has_published_nothing(organization: Organization) -> bool:
    published = Tender.objects.filter(buyer=organization, published_at__isnull=False)
    return not published.exists()


def may_change_identity(*, organization: Organization) -> tuple[Verdict, ...]:
    """Ask whether no order names the owner yet."""
    return (owner_has_published_nothing(organization),)
