"""Sealed lowest price: the cheapest offer within the ceiling wins, equal ones by the draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from bidding.selection.methods.sealed import SealedAmounts
from bidding.selection.methods.words import Text, Words
from bidding.selection.terms.lowest import LowestTerms
from marketplace.kernel.declarations import Rules


class LowestPrice(SealedAmounts):
    """The lowest amount wins."""

    terms_class = LowestTerms
    compares_prices = True
    script = "bidding/methods/lowest.js"
    words = Words(
        name=_("竞价（最低价中选）"),
        gist=_("各家密封报价，最低的中选。需求写得清楚、只比价格的适用。"),
        countdown=_("距报名截止"),
        deadline=_("报名截止"),
        answer=_("提交密封报价"),
        answer_short=_("提交密封报价"),
        answer_after_login=_("登录后报名"),
        answer_note=_(
            "截止前可以修改或撤回，次数不限。开启报价前任何人都看不到报价，包括运营机构。"
        ),
        buyer_note=_("开启报价前业主也看不到谁报了名。"),
        offer_title=_("提交密封报价"),
        offer=_("提交密封报价"),
        offer_note=_(
            "开启报价前任何人都看不到报价，包括业主和运营机构。截止前可以修改或撤回，次数不限。"
        ),
        seal_note=_("报价相同时才会用到"),
        bids_caption=_("全部报价，按金额从低到高"),
        order_note=_("按金额从低到高；金额相同的，签号小的在前。"),
    )

    def own_terms(self, tender: Tender, _rules: Rules, /) -> LowestTerms:
        return LowestTerms(ceiling=tender.ceiling, floor=tender.floor)

    def draw_word(self, evidence: Mapping[str, Any]) -> Text:
        if not evidence["ranking"]:
            return _("流标，没有抽签")
        prices = [place.get("ranked_at", place["amount"]) for place in evidence["ranking"]]
        tied = prices.count(prices[0])
        if tied == 1:
            return _("最低报价只有一家，没有抽签")
        return _("%(count)s 家最低报价相同，由种子排定") % {"count": tied}
