"""May an order that has come to nothing be run again, and what a later round keeps."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding.guards.experts import had_no_panel
from bidding.models import Award, Tender
from bidding.outcomes import Event, Outcome, outcome
from bidding.rulebook import failed_rounds_before, rules_for
from bidding.rules.outcomes import MAX_FAILED_ROUNDS
from bidding.selection.methods import method_of
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Organization


@guard(_("只有流标、取消或者中选结果被取消的采购可以重新组织"))
def tender_has_come_to_nothing(tender: Tender) -> bool:
    if tender.status == Tender.Status.COMPLETE:
        return tender.award is not None and tender.award.status == Award.Status.CANCELLED
    is_over = tender.status in {Tender.Status.UNSUCCESSFUL, Tender.Status.CANCELLED}
    return is_over and tender.is_published


@guard(_("这项采购已经重新组织"))
def tender_is_not_run_again_yet(tender: Tender) -> bool:
    return not Tender.objects.taking_over(tender).exists()


@guard(_("连续流标 %(rounds)s 次后才能改用其他选取方式"), rule=MAX_FAILED_ROUNDS.key)
def method_may_change_by_now(tender: Tender, rules: Rules) -> bool | Because:
    earlier = tender.previous
    if earlier is None or tender.method in {"", earlier.method}:
        return True
    if failed_rounds_before(tender) >= rules[MAX_FAILED_ROUNDS] or _lets_change(earlier):
        return True
    return Because(rounds=rules[MAX_FAILED_ROUNDS])


def _lets_change(earlier: Tender) -> bool:
    """Tell whether what an earlier round was published under opens the other methods after it."""
    if earlier.status != Tender.Status.UNSUCCESSFUL or earlier.published_at is None:
        return False
    rules = rules_for(earlier, earlier.published_at)
    method = method_of(earlier)
    events = [Event.TOO_FEW, *([Event.NO_PANEL] if had_no_panel(earlier) else [])]
    case = method.case(earlier)
    return Outcome.OTHER_METHOD in {outcome(rules, case, one, bids=0) for one in events}


@guard(_("机构在 %(code)s 中选后放弃，不能参加重新组织的这项采购"), rule="order.outcome.abandoned")
def agency_did_not_give_up(tender: Tender, agency: Organization) -> bool | Because:
    """Ask about the earlier rounds of an order; whatever the reason was."""
    rounds, earlier = [], tender.previous
    while earlier is not None:
        rounds.append(earlier.pk)
        earlier = earlier.previous
    if not rounds:
        return True
    given_up = Award.objects.filter(tender__in=rounds, bid__agency=agency, was_given_up=True)
    award = given_up.select_related("tender").first()
    return award is None or Because(code=award.tender.reference)


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
