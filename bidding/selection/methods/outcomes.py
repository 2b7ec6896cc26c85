"""What a notice says of a round that finds nobody, in words made of what the code executes."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from bidding.outcomes import Case, Event, Outcome, needed_next, outcome, stated
from bidding.selection.methods.words import RuleSentence, Text
from marketplace.kernel.declarations import Rules

AFTER: Mapping[tuple[Event, Outcome], Text] = {
    (Event.TOO_FEW, Outcome.FAIL): _("流标后可以重新组织。"),
    (Event.TOO_FEW, Outcome.GO_ON): _("有效报名不足最少家数的，只要有一家，照常选取。"),
    (Event.TOO_FEW, Outcome.LOWER_MINIMUM): _(
        "流标后可以重新组织，下一轮有效报名不少于 %(next)s 家即可选取。"
    ),
    (Event.TOO_FEW, Outcome.OTHER_METHOD): _("流标后重新组织的，可以改用其他选取方式。"),
    (Event.ABANDONED, Outcome.RERUN_WITHOUT): _(
        "中选机构放弃的，不由下一名递补，重新组织采购；放弃的机构不能参加。"
    ),
    (Event.ABANDONED, Outcome.NEXT_IN_LINE): _(
        "中选机构放弃的，由排序在后的下一名递补，另行公示；没有下一名的重新组织采购。"
        "放弃的机构不能参加重新组织的采购。"
    ),
    (Event.RESTRICTED, Outcome.FAIL): _(
        "签约以前，中选机构受到信用限制的，取消中选，不由下一名递补，重新组织采购。"
    ),
    (Event.RESTRICTED, Outcome.NEXT_IN_LINE): _(
        "签约以前，中选机构受到信用限制的，取消中选，由排序在后的下一名递补，另行公示；"
        "没有下一名的重新组织采购。"
    ),
    (Event.UNCHOSEN, Outcome.FAIL): _(
        "项目业主没有在期限内选定或者评分的流标，可以重新组织，是否计入业主的信用记录由办理机关核实。"
    ),
    (Event.UNCHOSEN, Outcome.WAIT): _("项目业主没有在期限内选定或者评分的，继续等待选定。"),
    (Event.COST_REFUSED, Outcome.WITHOUT): _(
        "成本说明不成立的，报价不计入，由其余的有效报价继续；没有其余报价的流标。"
    ),
    (Event.COST_REFUSED, Outcome.FAIL): _("成本说明不成立的流标，可以重新组织。"),
    (Event.COST_SILENT, Outcome.WITHOUT): _(
        "没有在期限内说明成本的，报价不计入，由其余的有效报价继续；没有其余报价的流标。"
    ),
    (Event.COST_SILENT, Outcome.FAIL): _("没有在期限内说明成本的流标，可以重新组织。"),
    (Event.COST_SILENT, Outcome.GO_ON): _("没有在期限内说明成本的，报价照常计入，不表示认可。"),
}
"""What is said before anybody knows who bids."""


def what_follows(rules: Rules, case: Case, event: Event) -> RuleSentence:
    """Return what follows `event`, when there are bids that it could follow with."""
    follows = outcome(rules, case, event, bids=1)
    text = str(AFTER[event, follows])
    if follows is Outcome.LOWER_MINIMUM:
        text = text % {"next": needed_next(rules, case)}
    return RuleSentence(text, key=stated(rules, case, event)[1])
