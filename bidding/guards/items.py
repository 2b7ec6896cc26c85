"""What the catalogue says of an item, held against the order for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from marketplace.kernel.laws import cite
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import ServiceItem

ENGINEERING = (_("勘察"), _("设计"), _("监理"))
NOT_ENGINEERING = _("审查")
DEPARTMENT = ServiceItem.Party.DEPARTMENT


@guard(
    _("目录规定“%(item)s”由审批部门付费，须用财政资金，不能转由申请人承担"),
    source=cite("优化营商环境条例", "第四十三条第三款"),
)
def fund_suits_the_item(tender: Tender) -> bool | Because:
    if not tender.fund or tender.item.paid_by != DEPARTMENT or tender.fund == Tender.Fund.FISCAL:
        return True
    return Because(item=tender.item.name)


@guard(
    _("目录规定“%(item)s”由审批部门委托，须勾选“审批过程中的委托”"), source=cite("国发〔2022〕5号")
)
def commission_suits_the_item(tender: Tender) -> bool | Because:
    if tender.item.commissioned_by != DEPARTMENT or tender.is_in_approval:
        return True
    return Because(item=tender.item.name)


def may_be_tendered(tender: Tender) -> bool:
    """Tell whether an order is for survey, design or supervision, and paid by the state."""
    return tender.fund != Tender.Fund.PRIVATE and _is_engineering(tender)


def _is_engineering(tender: Tender) -> bool:
    """Tell by the name of its class whether the service is survey, design or supervision."""
    name = tender.item.service_class.name if tender.item.service_class else ""
    return str(NOT_ENGINEERING) not in name and any(str(word) in name for word in ENGINEERING)


def item_verdicts(tender: Tender) -> tuple[Verdict, ...]:
    """Ask whether the order is commissioned and paid as the catalogue says."""
    return fund_suits_the_item(tender), commission_suits_the_item(tender)
