"""What buyer and operator should look at before an order is published: shown, never a refusal."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from bidding.guards.funds import fund_suits_the_unit
from bidding.models import Tender
from bidding.rulebook import rules_for
from bidding.rules import MUST_USE_LIMIT
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Because, Verdict, guard


@guard(_("财政资金项目超过 ¥%(limit)s，请确认已按政府采购的规定办理"), rule=MUST_USE_LIMIT.key)
def fiscal_order_is_below_limit(tender: Tender, rules: Rules) -> bool | Because:
    limit = rules.cell(MUST_USE_LIMIT, tender.buyer.division.level)
    if tender.fund != Tender.Fund.FISCAL or tender.ceiling is None or tender.ceiling < limit:
        return True
    return Because(limit=f"{limit:,.2f}")


@guard(
    _("同一项目同一事项的采购合计 ¥%(total)s，超过限额，请确认没有拆分"),
    rule=MUST_USE_LIMIT.key,
)
def order_is_not_split(tender: Tender, rules: Rules) -> bool | Because:
    limit = rules.cell(MUST_USE_LIMIT, tender.buyer.division.level)
    if tender.fund != Tender.Fund.FISCAL or not tender.project_code or tender.ceiling is None:
        return True
    parts = Tender.objects.filter(
        buyer=tender.buyer_id, project_code=tender.project_code, item__code=tender.item.code
    ).exclude(Q(pk=tender.pk) | Q(status__in=[Tender.Status.CANCELLED, Tender.Status.UNSUCCESSFUL]))
    other = parts.aggregate(total=Sum("ceiling"))["total"] or 0
    if not other or other + tender.ceiling < limit:
        return True
    return Because(total=f"{other + tender.ceiling:,.2f}")


def warnings_of(tender: Tender, at: datetime) -> tuple[Verdict, ...]:
    """Ask what buyer and operator should look at; nothing depends on the answer."""
    rules = rules_for(tender, at)
    return (
        fiscal_order_is_below_limit(tender, rules),
        order_is_not_split(tender, rules),
        fund_suits_the_unit(tender),
    )
