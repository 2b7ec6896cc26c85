"""Does a bid carry the plan that its order's method asks for."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from bidding.rules.methods import PLAN_SIZE
from bidding.sealing.contents import Plan
from bidding.selection.methods import method_of
from marketplace.kernel.declarations import Rules
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard

MEGABYTE = 1024 * 1024


@guard(_("请附上方案，与报价一起密封"), source=FORM)
def plan_is_given(tender: Tender, plan: Plan | None) -> bool:
    return not method_of(tender).takes_plans or plan is not None


@guard(_("这项采购不收方案"), source=FORM)
def plan_is_asked_for(tender: Tender, plan: Plan | None) -> bool:
    return plan is None or method_of(tender).takes_plans


@guard(_("方案大小为 %(size)s，超过上限 %(limit)s"), rule=PLAN_SIZE.key)
def plan_is_within_limit(plan: Plan | None, rules: Rules) -> bool | Because:
    limit = plan_limit(rules)
    if plan is None or len(plan.content) <= limit:
        return True
    return Because(size=filesizeformat(len(plan.content)), limit=filesizeformat(limit))


def plan_limit(rules: Rules) -> int:
    """Return how many bytes a plan may have."""
    most: int = rules[PLAN_SIZE]
    return most * MEGABYTE


def may_send_plan(tender: Tender, plan: Plan | None, rules: Rules) -> tuple[Verdict, ...]:
    """Ask whether a bid carries a plan exactly where it should, and not too large a one."""
    return (
        plan_is_given(tender, plan),
        plan_is_asked_for(tender, plan),
        plan_is_within_limit(plan, rules),
    )
