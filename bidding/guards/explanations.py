"""Which quotes are abnormally low, and may their cost be explained and judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding import periods
from bidding.guards.bids import tender_is_not_suspended
from bidding.models import Explanation, Tender
from bidding.rulebook import rules_for
from bidding.rules.bids import COST_EXPLAIN, COST_JUDGE, LOW_BELOW_MEAN, LOW_BELOW_NEXT
from bidding.selection.low_quotes import Shortfall, shortfalls
from bidding.selection.methods import method_of
from marketplace.kernel.calendar import Deadline, WorkCalendar
from marketplace.kernel.declarations import Rules
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard


def abnormally_low(
    tender: Tender, amounts: Mapping[str, Decimal], at: datetime
) -> Mapping[str, Shortfall]:
    """
    Return how far each of the valid quotes that is abnormally low lies below the others.

    `amounts` are all valid quotes of an opened order, by whatever names them.

    Source: 平台默认（规则手册 bid.low_below_mean、bid.low_below_next）
    """
    rules = rules_for(tender, at)
    least = {"mean": rules[LOW_BELOW_MEAN], "following": rules[LOW_BELOW_NEXT]}
    found = shortfalls(amounts)
    return {name: one for name, one in found.items() if one.reaches(**least)}


def valid_amounts(tender: Tender, evidence: Mapping[str, Any]) -> Mapping[str, Decimal]:
    """Return what each whose bid stood offered in the end, by credit code."""
    offered = {
        row["uscc"]: Decimal(row["amount"])
        for row in evidence["entrants"]
        if row["status"] == "standing" and row.get("amount") is not None
    }
    quoted = method_of(tender).amounts(evidence)
    return offered if quoted is None else {key: quoted[key] for key in offered if key in quoted}


def costs_settled_by(
    tender: Tender, opened_at: datetime, rules: Rules, calendar: WorkCalendar
) -> tuple[datetime, Deadline | None]:
    """Return from when what follows the opening counts: the last moment of a judgement."""
    if not Explanation.objects.filter(tender=tender).exists():
        return opened_at, None
    given = periods.cost_explain_due(opened_at, rules, calendar)
    judged = periods.cost_judge_due(given.ends_at, rules, calendar)
    judged = replace(judged, provisional=judged.provisional or given.provisional)
    return judged.ends_at, judged


@guard(_("%(count)s 份异常低价的成本说明还没有办结"), rule=COST_EXPLAIN.key)
def costs_are_settled(tender: Tender) -> bool | Because:
    count = Explanation.objects.open().filter(tender=tender).count()
    return not count or Because(count=count)


@guard(_("这份成本说明已经提交，或者期限已满"), rule=COST_EXPLAIN.key)
def explanation_is_asked(explanation: Explanation) -> bool:
    return explanation.status == Explanation.Status.ASKED


@guard(_("说明成本的期限已满"), rule=COST_EXPLAIN.key)
def explanation_is_in_time(explanation: Explanation, at: datetime) -> bool:
    return explanation.due_at is not None and at < explanation.due_at


@guard(_("请写明人员、工时、单价等成本的构成"), source=FORM)
def cost_is_explained(text: str) -> bool:
    return bool(text.strip())


@guard(_("机构还没有说明成本，或者说明已经审核"), rule=COST_JUDGE.key)
def explanation_is_given(explanation: Explanation) -> bool:
    return explanation.status == Explanation.Status.GIVEN


@guard(_("审核成本说明的期限已满，说明视为成立"), rule=COST_JUDGE.key)
def judgement_is_in_time(explanation: Explanation, at: datetime) -> bool:
    return explanation.judge_due_at is not None and at < explanation.judge_due_at


@guard(_("说明成本的期限还没有满"), rule=COST_EXPLAIN.key)
def explanation_is_overdue(explanation: Explanation, at: datetime) -> bool:
    return explanation.due_at is not None and at >= explanation.due_at


@guard(_("审核成本说明的期限还没有满"), rule=COST_JUDGE.key)
def judgement_is_overdue(explanation: Explanation, at: datetime) -> bool:
    return explanation.judge_due_at is not None and at >= explanation.judge_due_at


@guard(_("请写明审核的理由，理由向社会公开"), source=FORM)
def judgement_has_reasons(reasons: str) -> bool:
    return bool(reasons.strip())


@guard(_("异常低价的成本没有得到说明，按公告的规则流标"), rule="order.outcome.cost_refused")
def order_goes_on(*, follows: bool) -> bool:
    """Answer what the table of outcomes has said; a refusal is stored, and read by all."""
    return follows


def may_explain(explanation: Explanation, at: datetime) -> tuple[Verdict, ...]:
    """Ask all but the words that must hold before a bidder explains its quote."""
    return (
        explanation_is_asked(explanation),
        tender_is_not_suspended(explanation.tender),
        explanation_is_in_time(explanation, at),
    )


def may_judge(explanation: Explanation, at: datetime) -> tuple[Verdict, ...]:
    """Ask all but the reasons that must hold before an owner judges an explanation."""
    return (
        explanation_is_given(explanation),
        tender_is_not_suspended(explanation.tender),
        judgement_is_in_time(explanation, at),
    )


def may_lapse(explanation: Explanation, at: datetime) -> tuple[Verdict, ...]:
    """Ask what must hold before time ends what nobody explained."""
    return (
        explanation_is_asked(explanation),
        tender_is_not_suspended(explanation.tender),
        explanation_is_overdue(explanation, at),
    )


def may_let_hold(explanation: Explanation, at: datetime) -> tuple[Verdict, ...]:
    """Ask what must hold before time lets stand what nobody judged."""
    return (
        explanation_is_given(explanation),
        tender_is_not_suspended(explanation.tender),
        judgement_is_overdue(explanation, at),
    )
