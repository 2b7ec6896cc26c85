"""Credit shortlist: better records to a long list, a weighted draw, and the owner chooses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from bidding.rules.methods import CHOOSE, SHORTLIST_LONG, SHORTLIST_SHORT
from bidding.selection.methods.sealed import SealedAmounts
from bidding.selection.methods.words import Text, Words
from bidding.selection.terms.shortlist import ShortlistTerms
from credit.preference import weights_of
from marketplace.kernel.declarations import Rules
from marketplace.web.components import Fact


class CreditShortlist(SealedAmounts):
    """The owner chooses one of a few who were drawn by their records, and says why."""

    terms_class = ShortlistTerms
    lists_by_amount = False
    hands_over = False
    needs_weight = True
    choice_rule = CHOOSE.key
    script = "bidding/methods/shortlist.js"
    words = Words(
        name=_("信用择优（按信用入围，业主选定）"),
        gist=_("信用好的优先入围，按信用权重抽取几家候选机构，由贵单位选定并公开理由。"),
        countdown=_("距报名截止"),
        deadline=_("报名截止"),
        answer=_("提交密封报价"),
        answer_short=_("提交密封报价"),
        answer_after_login=_("登录后报名"),
        answer_note=_(
            "信用记录好的优先入围。截止前可以修改或撤回，次数不限。开启报价前任何人都看不到报价。"
        ),
        buyer_note=_("开启报价前业主也看不到谁报了名；开启后从候选机构中选定一家。"),
        offer_title=_("提交密封报价"),
        offer=_("提交密封报价"),
        offer_note=_(
            "按信用入围并抽取候选机构，由业主选定，不是越低越好。截止前可以修改或撤回，次数不限。"
        ),
        seal_note=_("用来从入围机构中抽取候选机构"),
        bids_caption=_("全部报价，候选机构在前"),
        order_note=_("按抽取的先后列出候选机构，先后不影响业主选定。"),
        untied_note=_("全部为候选机构，不用抽签"),
        opening=_("开启报价并抽取候选机构"),
    )

    def weights(self, agencies: Sequence[int], at: datetime, /) -> Mapping[int, int]:
        return weights_of(agencies, at)

    def own_terms(self, tender: Tender, rules: Rules, /) -> ShortlistTerms:
        return ShortlistTerms(
            ceiling=tender.ceiling,
            floor=tender.floor,
            long_most=rules[SHORTLIST_LONG],
            short_most=rules[SHORTLIST_SHORT],
        )

    def draw_word(self, evidence: Mapping[str, Any]) -> Text:
        short = evidence["ranking"]
        if not short:
            return _("流标，没有抽签")
        counts = {"long": len(evidence["reckoning"]["long_list"]), "short": len(short)}
        if not short[0]["is_tied"]:
            return _("入围的 %(long)s 家都是候选机构，没有抽签") % counts
        return _("从入围的 %(long)s 家中按权重抽取 %(short)s 家") % counts

    def reckoned(self, evidence: Mapping[str, Any]) -> Iterable[Fact]:
        if evidence["reckoning"] is not None:
            count = len(evidence["reckoning"]["long_list"])
            yield Fact(_("入围机构"), _("%(count)s 家") % {"count": count})
            yield Fact(_("候选机构"), _("%(count)s 家") % {"count": len(evidence["ranking"])})

    def said_of(self, evidence: Mapping[str, Any]) -> Mapping[str, Text]:
        if evidence["reckoning"] is None:
            return {}
        short = {place["uscc"] for place in evidence["ranking"]}
        long = {uscc for uscc, _weight in evidence["reckoning"]["long_list"]}
        return {
            one["uscc"]: _standing_word(one["uscc"], short, long) % {"weight": one["weight"]}
            for one in evidence["entrants"]
            if one["status"] == "standing"
        }


def _standing_word(uscc: str, short: set[str], long: set[str]) -> str:
    if uscc in short:
        return gettext("候选机构，优先次序值 %(weight)s")
    if uscc in long:
        return gettext("入围，没有抽中，优先次序值 %(weight)s")
    return gettext("没有入围，优先次序值 %(weight)s")
