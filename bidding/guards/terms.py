"""What the methods demand of an order, of an amount and of how many bid."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from bidding.rules.bids import UNUSUAL_SHARE
from bidding.rules.orders import FLOOR, UNUSUAL_CEILING
from bidding.selection.discounts import GREATEST_RATE, LEAST_BASE, discounted, is_of_a_rate, rate_of
from bidding.selection.draw import CENT, GREATEST_AMOUNT
from bidding.selection.unit_prices import is_of_units
from marketplace.kernel.declarations import Rules
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, guard
from marketplace.models import Organization, ServiceItem
from marketplace.web.capitals import in_capitals


@guard(_("金额不能是负数，也不能超过 ¥%(greatest)s，精确到分"), source=FORM)
def amount_is_written_to_the_cent(amount: Decimal) -> bool | Because:
    if amount.is_finite() and 0 <= amount <= GREATEST_AMOUNT and not amount % CENT:
        return True
    return Because(greatest=f"{GREATEST_AMOUNT:,.2f}")


@guard(_("金额须大于零；只有服务事项写明由%(payer)s付费的，才可以报零元"), source=FORM)
def amount_suits_the_payer(tender: Tender, amount: Decimal) -> bool | Because:
    """Let the buyer pay nothing where the catalogue says that somebody else pays the agency."""
    if amount != 0 or tender.item.paid_by == ServiceItem.Payer.LATER_WINNER:
        return True
    return Because(payer=ServiceItem.Payer.LATER_WINNER.label)


@guard(
    _("贵单位登记的企业规模是“%(size)s”，不能同时声明是小型、微型企业；登记有误的，请先变更登记"),
    source=FORM,
)
def size_is_told_alike(agency: Organization, *, is_small: bool) -> bool | Because:
    """Let the register and a sealed bid say one thing of an enterprise."""
    is_large = agency.size == Organization.Size.LARGE
    return not (is_small and is_large) or Because(size=agency.get_size_display())


@guard(_("金额低于最低限价 ¥%(floor)s"), rule=FLOOR.key)
def amount_is_not_below_floor(tender: Tender, amount: Decimal) -> bool | Because:
    if tender.floor is None or amount >= tender.floor:
        return True
    return Because(floor=f"{tender.floor:,.2f}")


@guard(_("%(fund)s的采购不设最低限价"), rule=FLOOR.key)
def floor_is_allowed(tender: Tender, rules: Rules) -> bool | Because:
    """Ask it of each fund that pays a part."""
    if tender.floor is None:
        return True
    against = next((fund for fund in tender.funds if not rules.cell(FLOOR, fund)), None)
    return against is None or Because(fund=Tender.Fund(against).label)


@guard(_("最低限价须大于零，不高于最高限价；没有最高限价的，不能只设最低限价"), source=FORM)
def floor_is_below_ceiling(tender: Tender) -> bool:
    if tender.floor is None:
        return True
    return tender.ceiling is not None and 0 < tender.floor <= tender.ceiling


@guard(_("报下浮率的，须设不低于 ¥%(least)s 的最高限价，作为下浮的基准"), source=FORM)
def rate_has_a_base(tender: Tender) -> bool | Because:
    """Ask for a ceiling of which the smallest step of a rate is at least a cent."""
    if not tender.is_by_rate or (tender.ceiling or 0) >= LEAST_BASE:
        return True
    return Because(least=f"{LEAST_BASE:,.2f}")


@guard(_("这项采购报下浮率，精确到 0.01%，在 0 至 99.99% 之间"), source=FORM)
def amount_is_of_a_rate(tender: Tender, amount: Decimal) -> bool:
    """Ask whether some rate off the ceiling comes to `amount`."""
    if not tender.is_by_rate or tender.ceiling is None:
        return True
    return is_of_a_rate(tender.ceiling, amount)


@guard(
    _("报下浮率的，最低限价须正好是某个下浮率（精确到 0.01%%）的金额，例如 ¥%(near)s"), source=FORM
)
def floor_is_of_a_rate(tender: Tender) -> bool | Because:
    """Ask for a floor that bidders can reach: in a hall the last step leads to it."""
    if not (tender.is_by_rate and tender.ceiling and tender.floor):
        return True
    if is_of_a_rate(tender.ceiling, tender.floor):
        return True
    near = discounted(tender.ceiling, min(rate_of(tender.ceiling, tender.floor), GREATEST_RATE))
    return Because(near=f"{near:,.2f}")


@guard(_("竞价大厅报金额或者下浮率，不报单价"), source=FORM)
def hall_takes_no_unit_prices(tender: Tender) -> bool:
    return not tender.is_by_unit


@guard(
    _("报单价的，须写明计价单位和暂估数量，最高限价须是单价（精确到分）乘以暂估数量"), source=FORM
)
def unit_price_has_a_quantity(tender: Tender) -> bool:
    """Ask for a ceiling that is the price of whole units, so that every bid can equal it."""
    if not tender.is_by_unit:
        return True
    if not (tender.quantity and tender.quantity_unit.strip() and tender.ceiling):
        return False
    return is_of_units(tender.ceiling, tender.quantity)


@guard(_("这项采购报单价，金额须是单价（精确到分）乘以暂估数量"), source=FORM)
def amount_is_of_a_unit_price(tender: Tender, amount: Decimal) -> bool:
    return not (tender.is_by_unit and tender.quantity) or is_of_units(amount, tender.quantity)


@guard(_("最高限价须大于零；不预估价格的，可以不填"), source=FORM)
def ceiling_is_above_zero(tender: Tender) -> bool:
    return tender.ceiling is None or tender.ceiling > 0


@guard(_("金额高于最高限价 ¥%(ceiling)s"))
def amount_is_within_ceiling(tender: Tender, amount: Decimal) -> bool | Because:
    if tender.ceiling is None or amount <= tender.ceiling:
        return True
    return Because(ceiling=f"{tender.ceiling:,.2f}")


@guard(_("这项采购按公告公布的价格 ¥%(price)s 报名，不另外报价"), source=FORM)
def amount_is_the_published_price(tender: Tender, amount: Decimal) -> bool | Because:
    if tender.ceiling is None or amount == tender.ceiling:
        return True
    return Because(price=f"{tender.ceiling:,.2f}")


@guard(
    _("最高限价 ¥%(ceiling)s（%(capitals)s）低于 %(least)s 元，确认没有写错单位的，请勾选确认"),
    rule="order.unusual_ceiling",
)
def low_ceiling_is_confirmed(
    ceiling: Decimal, rules: Rules, confirmed: Decimal | None
) -> bool | Because:
    if ceiling >= rules[UNUSUAL_CEILING] or ceiling == confirmed:
        return True
    least = f"{rules[UNUSUAL_CEILING]:,f}"
    return Because(ceiling=f"{ceiling:,.2f}", capitals=in_capitals(ceiling), least=least)


@guard(
    _("报价 ¥%(amount)s（%(capitals)s）不到最高限价的 %(share)s%%，确认没有写错单位的，请勾选确认"),
    rule="bid.unusual_share",
)
def low_amount_is_confirmed(
    tender: Tender, amount: Decimal, rules: Rules, confirmed: Decimal | None
) -> bool | Because:
    share = rules[UNUSUAL_SHARE]
    if tender.ceiling is None or amount == confirmed or amount * 100 >= tender.ceiling * share:
        return True
    return Because(amount=f"{amount:,.2f}", capitals=in_capitals(amount), share=f"{share:f}")


@guard(_("直接选取须写明选哪一家机构，并公开理由"))
def naming_is_complete(tender: Tender) -> bool:
    return tender.named_agency_id is not None and bool(tender.naming_reasons.strip())


@guard(_("这种选取方式须设最高限价"))
def order_has_ceiling(tender: Tender) -> bool:
    return tender.ceiling is not None


@guard(_("项目业主不能指定自己"))
def named_agency_is_another(tender: Tender) -> bool:
    return tender.named_agency_id is None or tender.named_agency_id != tender.buyer_id


# --- Why an order fails, in words that are stored with it -----------------------------------------
@guard(_("有效报名 %(count)s 家，少于规则要求的 %(needed)s 家"), rule="order.min_signups")
def enough_valid_bids(count: int, needed: int) -> bool | Because:
    return True if count >= needed else Because(count=count, needed=needed)


@guard(_("公告所列机构在期限内没有接受"), rule="direct.accept")
def named_agency_has_accepted(count: int) -> bool:
    return count > 0
