"""What the catalogue says of an item, held against the order for it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from bidding.rules.limits import COUNTED_AS, MUST_USE_LIMIT, PURCHASE, TENDER_LIMIT, TENDERED
from marketplace.kernel.declarations import Rules
from marketplace.kernel.laws import cite
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import ServiceItem

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


def may_be_tendered(tender: Tender, rules: Rules) -> bool:
    """Tell whether the rulebook counts an order, by fund and class, among what must be tendered."""
    service_class = tender.item.service_class
    if not tender.fund or service_class is None:
        return False
    is_tendered: bool = rules.cell(TENDERED, tender.fund, finer=[service_class.code])
    return is_tendered


def counted_as(tender: Tender, rules: Rules) -> Sequence[str]:
    """Return whether limits count the class of an order as works or goods; nothing of a service."""
    service_class = tender.item.service_class
    if service_class is None:
        return ()
    finer = [service_class.code]
    return [kind for kind in PURCHASE.labels if rules.cell(COUNTED_AS, kind, finer=finer)][:1]


def must_use_limit(tender: Tender, rules: Rules) -> Decimal:
    """Return the amount from which on fiscal money is spent by the rules of procurement."""
    level = tender.buyer.division.level
    limit: Decimal = rules.cell(MUST_USE_LIMIT, level, finer=counted_as(tender, rules))
    return limit


def tender_limit(tender: Tender, rules: Rules) -> Decimal:
    """Return the amount from which on what `may_be_tendered` is tendered."""
    limit: Decimal = rules.cell(TENDER_LIMIT, finer=counted_as(tender, rules))
    return limit


def item_verdicts(tender: Tender) -> tuple[Verdict, ...]:
    """Ask whether the order is commissioned and paid as the catalogue says."""
    return fund_suits_the_item(tender), commission_suits_the_item(tender)
