"""Scored by experts: sealed plans, which a drawn panel scores by a template fixed beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.guards.experts import named_experts_have_reasons, pool_seats_a_panel
from bidding.guards.scores import weights_are_within_bounds
from bidding.models import Tender
from bidding.rules.methods import (
    PANEL_DROPS_OUTER,
    PANEL_PRICE_LEAST,
    PANEL_PRICE_MOST,
    PANEL_RECORD_MOST,
    PANEL_SEATS,
)
from bidding.selection.methods.base import OrderNotPublished
from bidding.selection.methods.scored_plans import ScoredPlans
from bidding.selection.methods.words import Text, Words
from bidding.selection.templates import NAMED_EXPERTS
from bidding.selection.terms.experts import ExpertsTerms
from credit.preference import weights_of
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Verdict
from marketplace.web.components import Fact


class ByExperts(ScoredPlans):
    """Experts who were drawn, and whom nobody knows before the result, compare plans and prices."""

    terms_class = ExpertsTerms
    script = "bidding/methods/experts.js"
    words = Words(
        name=_("综合评审（专家评分）"),
        gist=_("随机抽取专家，按公告的价格、信用和技术权重评分，得分最高的中选。"),
        countdown=_("距报名截止"),
        deadline=_("报名截止"),
        answer=_("提交密封方案和报价"),
        answer_short=_("提交方案和报价"),
        answer_after_login=_("登录后报名"),
        answer_note=_(
            "方案和报价一起密封，开启以前任何人都看不到；开启后只给抽中的专家评审。"
            "截止前可以重新提交或撤回，次数不限。"
        ),
        buyer_note=_("开启以前业主也看不到谁报了名；开启后由随机抽取的专家按公告的权重评分。"),
        offer_title=_("提交密封方案和报价"),
        offer=_("提交密封方案和报价"),
        offer_note=_(
            "由随机抽取的专家按公告的权重评分，得分最高的中选。"
            "方案和报价一起密封，截止前可以重新提交或撤回。"
        ),
        seal_note=_("用来抽取评审专家，得分和报价都相同时也用到"),
        bids_caption=_("全部报价，按金额从低到高"),
        order_note=_("按金额从低到高列出；中选的由专家的评分决定。"),
        opening=_("开启方案和报价并抽取专家"),
        choosing=_("专家评分"),
        choosing_action=_("查看进度"),
    )

    def own_fields(self) -> dict[str, forms.Field]:
        return {
            **super().own_fields(),
            "record_weight": forms.IntegerField(
                label=_("信用的权重（%）"), min_value=0, max_value=100, required=False
            ),
            NAMED_EXPERTS: forms.CharField(
                label=_("申请回避的专家"),
                max_length=1000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            ),
        }

    def help_texts(self, rules: Rules, /) -> Mapping[str, Text]:
        bounds = {"least": rules[PANEL_PRICE_LEAST], "most": rules[PANEL_PRICE_MOST]}
        return {
            **super().help_texts(rules),
            "price_weight": _(
                "报价最低的得满分，其他按最低报价与其报价之比得分。"
                "综合评审为 %(least)s 至 %(most)s。"
            )
            % bounds,
            "record_weight": _(
                "按报名截止时公开的信用记录得分，优先次序值最高的得满分。"
                "不用的不填，最高 %(most)s。"
            )
            % {"most": rules[PANEL_RECORD_MOST]},
            NAMED_EXPERTS: _(
                "与项目有利害关系的，每行一人，依次写姓名、工作单位和理由，用空格隔开。"
                "只有办理机关看得到，抽取时不抽这些人。"
            ),
        }

    def asked(self, tender: Tender, rules: Rules, at: datetime, /) -> Iterable[tuple[str, Verdict]]:
        yield from super().asked(tender, rules, at)
        yield "price_weight", weights_are_within_bounds(tender, rules)
        yield "criteria", pool_seats_a_panel(tender, rules, at)
        yield NAMED_EXPERTS, named_experts_have_reasons(tender)

    def facts(self, tender: Tender, /) -> Iterable[Fact]:
        template = self.template(tender)
        if template is not None:
            parts = [(_("价格"), template.price), (_("信用"), template.record), *template.criteria]
            said = "，".join(f"{name} {weight}%" for name, weight in parts if weight)
            yield Fact(_("评分权重"), said, is_wide=True)

    def weights(self, agencies: Sequence[int], at: datetime, /) -> Mapping[int, int]:
        return weights_of(agencies, at)

    def own_terms(self, tender: Tender, rules: Rules, /) -> ExpertsTerms:
        template = self.template(tender)
        if template is None:
            raise OrderNotPublished(tender.slug)
        return ExpertsTerms(
            ceiling=tender.ceiling,
            floor=tender.floor,
            price_weight=template.price,
            record_weight=template.record,
            criteria=template.criteria,
            seats=rules[PANEL_SEATS],
            drops_outer=rules[PANEL_DROPS_OUTER],
        )

    def rule_values(self, tender: Tender, rules: Rules, /) -> Mapping[str, object]:
        return {**super().rule_values(tender, rules), "drops_outer": rules[PANEL_DROPS_OUTER]}

    def draw_word(self, evidence: Mapping[str, Any]) -> Text:
        if not evidence["ranking"]:
            return _("流标，没有评分")
        return _("由抽取的专家按公告的权重评分")
