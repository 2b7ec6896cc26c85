"""Does the money of an order suit the kind of unit that spends it without competition?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from bidding.rules import UNIT_AND_FUND
from bidding.selection.methods import METHODS
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Because, guard
from marketplace.models import Buyer

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


def _public_nature(tender: Tender) -> str:
    """Return what kind of public unit names an agency for private money; "" for anything else."""
    method = METHODS.get(tender.method)
    if method is None or method.is_competitive or tender.fund != Tender.Fund.PRIVATE:
        return ""
    unit = Buyer.objects.filter(pk=tender.buyer_id, nature__in=PUBLIC).first()
    return unit.get_nature_display() if unit else ""
