"""An owner's name and code: confirmed before its first order is public, and fixed from then on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from marketplace.guards.registration import GB_32100
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Buyer, Organization


@guard(
    _(
        "项目业主的统一社会信用代码校验码与按标准算出的不符，"
        "审核人须对照证照核实，并在审核通过时勾选确认"
    ),
    source=GB_32100,
)
def buyer_uscc_is_confirmed(buyer: Organization, confirmed: bool) -> bool:  # noqa: FBT001 - the officer's tick
    return buyer.uscc_is_settled or confirmed


@guard(
    _(
        "项目业主的核验状态是“%(status)s”，"
        "运营机构核验单位性质、信用代码和办理人的授权以后，才能提交和发布采购"
    )
)
def owner_is_checked(tender: Tender) -> bool | Because:
    found = Buyer.objects.filter(pk=tender.buyer_id).values_list("status", flat=True).first()
    status = Buyer.Status(found or Buyer.Status.REGISTERED)
    return status == Buyer.Status.CHECKED or Because(status=status.label)


@guard(_("单位的采购已经公开发布，名称、信用代码、性质和登记地列在公告里，线上不能再改"))
def owner_has_published_nothing(organization: Organization) -> bool:
    published = Tender.objects.filter(buyer=organization, published_at__isnull=False)
    return not published.exists()


def may_change_identity(*, organization: Organization) -> tuple[Verdict, ...]:
    """Ask whether no order names the owner yet."""
    return (owner_has_published_nothing(organization),)
