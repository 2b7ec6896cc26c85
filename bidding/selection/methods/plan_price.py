"""Plan and price: sealed plans, which the owner scores by a template fixed at the publication."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from bidding.rules.methods import SCORE
from bidding.selection.methods.base import OrderNotPublished
from bidding.selection.methods.scored_plans import ScoredPlans
from bidding.selection.methods.words import Text, Words
from bidding.selection.terms.plan_price import PlanPriceTerms
from marketplace.kernel.declarations import Rules


class PlanAndPrice(ScoredPlans):
    """The owner compares plans and prices, in public and by weights that bidders knew."""

    terms_class = PlanPriceTerms
    choice_rule = SCORE.key
    script = "bidding/methods/plan_price.js"
    words = Words(
        name=_("方案择优（比较方案和报价）"),
        gist=_("各家密封提交方案和报价，贵单位按公告的权重评分，得分最高的中选。"),
        countdown=_("距报名截止"),
        deadline=_("报名截止"),
        answer=_("提交密封方案和报价"),
        answer_short=_("提交方案和报价"),
        answer_after_login=_("登录后报名"),
        answer_note=_(
            "方案和报价一起密封，开启以前任何人都看不到。截止前可以重新提交或撤回，次数不限。"
        ),
        buyer_note=_("开启以前业主也看不到谁报了名；开启后按公告的权重评分。"),
        offer_title=_("提交密封方案和报价"),
        offer=_("提交密封方案和报价"),
        offer_note=_(
            "按公告的权重评分，得分最高的中选。方案和报价一起密封，截止前可以重新提交或撤回。"
        ),
        seal_note=_("得分和报价都相同时才会用到"),
        bids_caption=_("全部报价，按金额从低到高"),
        order_note=_("按金额从低到高列出；中选的由方案和报价的得分决定。"),
        opening=_("开启方案和报价"),
        choosing=_("给方案评分"),
        choosing_action=_("去评分"),
    )

    def own_terms(self, tender: Tender, _rules: Rules, /) -> PlanPriceTerms:
        template = self.template(tender)
        if template is None:
            raise OrderNotPublished(tender.slug)
        return PlanPriceTerms(
            ceiling=tender.ceiling,
            floor=tender.floor,
            price_weight=template.price,
            criteria=template.criteria,
        )

    def draw_word(self, evidence: Mapping[str, Any]) -> Text:
        if not evidence["ranking"]:
            return _("流标，没有评分")
        return _("由项目业主按公告的权重评分，不抽签")
