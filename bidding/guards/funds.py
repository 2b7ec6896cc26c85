"""Does the money of an order suit the kind of unit that spends it without competition?"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from bidding.rules.cases import FUNDS
from bidding.rules.methods import UNIT_AND_FUND
from bidding.selection.methods import METHODS
from marketplace.kernel.declarations import Rules
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, guard
from marketplace.models import Buyer

WHOLE = Decimal(100)
PUBLIC = (Buyer.Nature.GOVERNMENT, Buyer.Nature.INSTITUTION)


@guard(
    _("项目业主是%(nature)s，却以社会资金直接选取，请核实资金来源"),
    rule=UNIT_AND_FUND.key,
)
def fund_suits_the_unit(tender: Tender) -> bool | Because:
    """Ask for a second look at what may be public money under another name."""
    nature = _public_nature(tender)
    return Because(nature=nature) if nature else True


@guard(_("%(nature)s不得用社会资金直接选取"), rule=UNIT_AND_FUND.key)
def unit_and_fund_let_it_name(tender: Tender, rules: Rules) -> bool | Because:
    """Refuse the same where the rulebook says so."""
    nature = _public_nature(tender) if rules[UNIT_AND_FUND] else ""
    return Because(nature=nature) if nature else True


@guard(_("资金构成须写明至少两种资金各占的百分比，各大于零，合计 100%"), source=FORM)
def shares_make_a_whole(tender: Tender) -> bool:
    shares = [Decimal(one) for one in tender.fund_shares.values()]
    return not shares or (len(shares) > 1 and min(shares) > 0 and sum(shares) == WHOLE)


@guard(_("有几种资金的，从严按%(strictest)s的规定办理，资金来源须选%(strictest)s"))
def strictest_fund_holds(tender: Tender) -> bool | Because:
    """Let the rules of the strictest fund hold for all of the money: it cannot be diluted."""
    if not tender.fund or not tender.fund_shares:
        return True
    strictest = strictest_of(tender.fund_shares)
    return tender.fund == strictest or Because(strictest=Tender.Fund(strictest).label)


def strictest_of(funds: Iterable[str]) -> str:
    """Return the fund whose rules are strictest; they are declared from it on."""
    return min(funds, key=FUNDS.index)


def _public_nature(tender: Tender) -> str:
    """Return what kind of public unit names an agency for private money; "" for anything else."""
    method = METHODS.get(tender.method)
    if method is None or method.is_competitive or tender.fund != Tender.Fund.PRIVATE:
        return ""
    unit = Buyer.objects.filter(pk=tender.buyer_id, nature__in=PUBLIC).first()
    return unit.get_nature_display() if unit else ""
