"""The rules of how many bids a round needs, and of what follows when it comes to nothing. Pure."""

from __future__ import annotations

from bidding.rules.cases import FINER, FUND, METHOD
from marketplace.kernel.declarations import Declaration, Declared, Dimension, Override, Table
from marketplace.kernel.declarations import gettext_noop as _
from marketplace.kernel.kinds import Choice, Whole

EVENT = Dimension(
    "event",
    {
        "too_few": _("有效报名不足的"),
        "abandoned": _("中选机构放弃的"),
        "restricted": _("中选机构在签约以前不再符合条件的"),
        "no_panel": _("专家不足，组不成评审小组的"),
        "unchosen": _("项目业主没有在期限内选定或者评分的"),
        "cost_refused": _("异常低价的成本说明不成立的"),
        "cost_silent": _("异常低价的机构没有在期限内说明成本的"),
    },
)
WAYS_ON: dict[str, dict[str, str]] = {
    "too_few": {
        "fail": _("流标，可以重新组织"),
        "go_on": _("只要有一家，照常选取"),
        "lower_minimum": _("流标，重新组织的下一轮减少最少家数"),
        "other_method": _("流标，重新组织时可以改用其他选取方式"),
    },
    "abandoned": {
        "rerun_without": _("不由下一名递补，重新组织，放弃的机构不能参加"),
        "next_in_line": _("由下一名递补；没有下一名的重新组织，放弃的机构不能参加"),
    },
    "restricted": {
        "fail": _("不由下一名递补，重新组织"),
        "next_in_line": _("由下一名递补；没有下一名的重新组织"),
    },
    "no_panel": {
        "fail": _("流标，可以重新组织"),
        "other_method": _("流标，重新组织时可以改用其他选取方式"),
    },
    "unchosen": {
        "fail": _("流标，可以重新组织，是否计入业主的信用记录由办理机关核实"),
        "wait": _("继续等待项目业主选定，不计入记录"),
    },
    "cost_refused": {
        "without": _("报价不计入，由其余的有效报价继续；没有其余的流标"),
        "fail": _("流标，可以重新组织"),
    },
    "cost_silent": {
        "without": _("报价不计入，由其余的有效报价继续；没有其余的流标"),
        "fail": _("流标，可以重新组织"),
        "go_on": _("报价照常计入"),
    },
}
"""What may follow each event, in words."""
SIGNUPS = range(1, 1000)
"""How many sign-ups an order may need; the evidence has no place for another number."""


def _sign_ups(_method: str, _fund: str) -> Whole:
    return Whole(least=SIGNUPS.start, most=SIGNUPS.stop - 1)


def _way_on(event: str, _fund: str) -> Choice:
    return Choice(options=WAYS_ON[event])


MIN_SIGNUPS = Table(
    key="order.min_signups",
    by=(METHOD, FUND),
    finer=FINER,
    kind_of=_sign_ups,
    title=_("最少报名家数"),
    label=_("最少报名家数，{method}，{fund}"),
    sentence=_("{fund}的项目采用{method}的，有效报名少于 {value} 家即流标。"),
    consumer="bidding.outcomes.needed",
    override=Override.ONLY_MORE,
)
MAX_FAILED_ROUNDS = Declaration(
    key="order.max_failed_rounds",
    kind=Whole(most=99),
    label=_("流标几次后可以更换选取方式"),
    sentence=_("连续流标 {value} 次后，可以改用其他选取方式。"),
    consumer="bidding.guards.tenders.method_may_change_by_now",
    override=Override.ONLY_MORE,
)
OUTCOME = Table(
    key="order.outcome",
    by=(EVENT, FUND),
    finer=(METHOD, *FINER),
    kind_of=_way_on,
    title=_("没有选出机构的，怎样办理"),
    label=_("{event}，{fund}"),
    sentence=_("{fund}的项目，{event}：{value}。"),
    consumer="bidding.outcomes.stated",
)

RULES: tuple[Declared, ...] = (
    MIN_SIGNUPS,
    MAX_FAILED_ROUNDS,
    OUTCOME,
)
