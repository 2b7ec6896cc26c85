"""May an order that has come to nothing be run again, and what a later round keeps."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding.models import Award, Tender
from bidding.rules import MAX_FAILED_ROUNDS
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Because, Verdict, guard


@guard(_("只有流标、取消或者中选结果被取消的采购可以重新组织"))
def tender_has_come_to_nothing(tender: Tender) -> bool:
    if tender.status == Tender.Status.COMPLETE:
        cancelled = Award.objects.filter(tender=tender, status=Award.Status.CANCELLED)
        return cancelled.exists()
    is_over = tender.status in {Tender.Status.UNSUCCESSFUL, Tender.Status.CANCELLED}
    return is_over and tender.is_published


@guard(_("这项采购已经重新组织"))
def tender_is_not_run_again_yet(tender: Tender) -> bool:
    return not Tender.objects.taking_over(tender).exists()


def failed_rounds_before(tender: Tender) -> int:
    """
    Count the rounds before this one, back to the first, that found nobody.

    A round that the buyer cancelled does not count: it would let the buyer choose the method.
    """
    count, earlier = 0, tender.previous
    while earlier is not None:
        count += earlier.status in {Tender.Status.UNSUCCESSFUL, Tender.Status.COMPLETE}
        earlier = earlier.previous
    return count


@guard(_("连续流标 %(rounds)s 次后才能改用其他选取方式"), rule=MAX_FAILED_ROUNDS.key)
def method_may_change_by_now(tender: Tender, rules: Rules) -> bool | Because:
    earlier = tender.previous
    if earlier is None or tender.method in {"", earlier.method}:
        return True
    if failed_rounds_before(tender) >= rules[MAX_FAILED_ROUNDS]:
        return True
    return Because(rounds=rules[MAX_FAILED_ROUNDS])


@guard(_("重新组织的采购沿用上一轮的服务事项和地点"))
def later_round_keeps_its_item(tender: Tender) -> bool:
    earlier = tender.previous
    return earlier is None or (earlier.item_id, earlier.division_id) == (
        tender.item_id,
        tender.division_id,
    )


def may_rerun(tender: Tender, _at: datetime) -> tuple[Verdict, ...]:
    """Ask everything that must hold before a new round is drafted."""
    return tender_has_come_to_nothing(tender), tender_is_not_run_again_yet(tender)
