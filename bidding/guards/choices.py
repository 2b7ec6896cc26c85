"""May the owner choose among those whom a selection listed; has it chosen."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding.guards.bids import tender_is_not_suspended
from bidding.guards.explanations import costs_are_settled
from bidding.models import Explanation, Tender
from bidding.models.deadlines import OrderDeadline
from bidding.rules.methods import CHOOSE, PANEL_SCORE, SHORTLIST_LONG
from bidding.selection.methods import method_of
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Verdict, guard


@guard(_("这项采购的结果由规则算出，不由业主选定"))
def order_leaves_a_choice(tender: Tender) -> bool:
    return bool(tender.method) and method_of(tender).leaves_choice


@guard(_("这项采购按公告的权重评分，不直接选定"))
def order_is_not_scored(tender: Tender) -> bool:
    return not method_of(tender).is_scored


@guard(_("这项采购不评分"))
def order_is_scored(tender: Tender) -> bool:
    return bool(tender.method) and method_of(tender).is_scored


@guard(_("这项采购由抽取的专家评分，不由业主评分"))
def order_is_scored_by_its_owner(tender: Tender) -> bool:
    return not tender.method or not method_of(tender).is_by_panel


@guard(_("采购不在待选定状态"))
def tender_awaits_a_choice(tender: Tender) -> bool:
    return tender.status == Tender.Status.EVALUATED


@guard(_("业主已经选定，不能更改"))
def nobody_is_chosen_yet(tender: Tender) -> bool:
    return tender.choice is None


@guard(_("选定、评分的期限已满"), rule=CHOOSE.key)
def choice_is_in_time(tender: Tender, at: datetime) -> bool:
    """Ask of an order whose rules end the waiting; where they wait on, its deadline rests."""
    row = tender.deadline(OrderDeadline.CHOICE)
    return row is None or row.acts_at is None or at < row.ends_at


@guard(_("选定、评分的期限还没有满"), rule=CHOOSE.key)
def choice_is_overdue(tender: Tender, at: datetime) -> bool:
    row = tender.deadline(OrderDeadline.CHOICE)
    return row is not None and row.is_running and row.acts_at is not None and at >= row.ends_at


@guard(_("项目业主没有在期限内选定或者评分"), rule="order.outcome.unchosen")
def owner_has_chosen(tender: Tender) -> bool:
    """Ask what ends an order that waited in vain; the refusal is stored, and read by all."""
    return tender.choice is not None


@guard(_("只能从候选机构中选定"), rule=CHOOSE.key)
def candidate_is_listed(tender: Tender, uscc: str) -> bool:
    return uscc in candidates_of(tender)


@guard(_("请写明选定理由，理由向社会公开"), source=FORM)
def choice_has_reasons(reasons: str) -> bool:
    return bool(reasons.strip())


@guard(_("项目业主还没有从候选机构中选定"), rule=CHOOSE.key)
def choice_is_made(tender: Tender) -> bool:
    method = method_of(tender)
    return not method.leaves_choice or method.is_by_panel or tender.choice is not None


@guard(_("评审小组的专家还没有全部提交评分"), rule=PANEL_SCORE.key)
def panel_has_scored(tender: Tender) -> bool:
    return not method_of(tender).is_by_panel or tender.choice is not None


@guard(_("有效报名的优先次序值都为零，没有机构入围"), rule=SHORTLIST_LONG.key)
def somebody_has_weight(weights: Collection[int]) -> bool:
    return any(weights)


def candidates_of(tender: Tender) -> dict[str, str]:
    """Return the amounts of those on the published list whose quotes count, by credit code."""
    selection = tender.selection
    ranking = selection.content["ranking"] if selection else ()
    gone = Explanation.objects.set_aside(tender)
    return {place["uscc"]: place["amount"] for place in ranking if place["uscc"] not in gone}


def may_choose(tender: Tender) -> tuple[Verdict, ...]:
    """Ask what must hold before the owner chooses; among whom and why is for the form."""
    asked = (
        order_leaves_a_choice(tender),
        order_is_scored_by_its_owner(tender),
        tender_awaits_a_choice(tender),
    )
    if not all(verdict.holds for verdict in asked):
        return asked
    return (
        *asked,
        tender_is_not_suspended(tender),
        costs_are_settled(tender),
        nobody_is_chosen_yet(tender),
    )


def may_end_unchosen(tender: Tender, at: datetime) -> tuple[Verdict, ...]:
    """Ask what must hold before time ends the waiting for an owner's choice."""
    return (
        tender_awaits_a_choice(tender),
        nobody_is_chosen_yet(tender),
        tender_is_not_suspended(tender),
        choice_is_overdue(tender, at),
    )
