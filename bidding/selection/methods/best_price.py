"""Best price: the offer nearest to a drawn share of the mean wins, the outer ones set aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from bidding.rules.methods import BEST_PRICE_RATE, BEST_PRICE_TRIM
from bidding.selection.methods.sealed import SealedAmounts
from bidding.selection.methods.words import Text, Words
from bidding.selection.terms.best_price import BestPriceTerms
from marketplace.kernel.declarations import Rules
from marketplace.web.components import Fact


class BestPrice(SealedAmounts):
    """Who is nearest to the reference wins; nobody knows it before all are opened."""

    terms_class = BestPriceTerms
    lists_by_amount = False
    script = "bidding/methods/best_price.js"
    words = Words(
        name=_("均价（最接近基准价中选）"),
        gist=_("以平均报价的一个百分比为基准，最接近的中选，不是越低越好。"),
        countdown=_("距报名截止"),
        deadline=_("报名截止"),
        answer=_("提交密封报价"),
        answer_short=_("提交密封报价"),
        answer_after_login=_("登录后报名"),
        answer_note=_(
            "截止前可以修改或撤回，次数不限。开启报价前任何人都看不到报价，也算不出基准价。"
        ),
        buyer_note=_("开启报价前业主也看不到谁报了名。"),
        offer_title=_("提交密封报价"),
        offer=_("提交密封报价"),
        offer_note=_(
            "最接近基准价的中选，不是越低越好。开启报价前任何人都看不到报价，截止前可以修改或撤回。"
        ),
        seal_note=_("用来抽取基准价的百分比，差距相同时排定先后"),
        bids_caption=_("全部报价，按与基准价的差距从小到大"),
        order_note=_("按与基准价的差距从小到大；差距相同的，签号小的在前。"),
        untied_note=_("差距不同，不用抽签"),
    )

    def own_terms(self, tender: Tender, rules: Rules, /) -> BestPriceTerms:
        least, most = rules[BEST_PRICE_RATE]
        return BestPriceTerms(
            ceiling=tender.ceiling,
            floor=tender.floor,
            least_rate=least,
            most_rate=most,
            trim_from=rules[BEST_PRICE_TRIM],
        )

    def draw_word(self, evidence: Mapping[str, Any]) -> Text:
        reckoning = evidence["reckoning"]
        if reckoning is None:
            return _("流标，没有抽签")
        if evidence["ranking"][0]["is_tied"]:
            said = _("抽得百分比 %(rate)s%%；与基准价差距相同的，由种子排定")
        else:
            said = _("抽得百分比 %(rate)s%%；最接近基准价的只有一家")
        return said % {"rate": reckoning["rate"]}

    def reckoned(self, evidence: Mapping[str, Any]) -> Iterable[Fact]:
        reckoning = evidence["reckoning"]
        if reckoning is None:
            return
        amounts = {key: f"{Decimal(reckoning[key]):,.2f}" for key in ("total", "reference")}
        shown = {**reckoning, **amounts}
        yield Fact(_("参加计算的报价"), _("%(count)s 家，合计 ¥%(total)s") % shown)
        yield Fact(_("基准价"), _("平均价 × %(rate)s%% = ¥%(reference)s") % shown)

    def said_of(self, evidence: Mapping[str, Any]) -> Mapping[str, Text]:
        reckoning = evidence["reckoning"]
        if reckoning is None:
            return {}
        outer = gettext("最高报价，不参加计算和排序"), gettext("最低报价，不参加计算和排序")
        aside = dict(zip(reckoning["set_aside"], outer, strict=False))
        return {**aside, **super().said_of(evidence)}

    def tie_word(self, place: int) -> Text:
        return gettext("与基准价差距相同，抽签排在第 %(place)s") % {"place": place}
