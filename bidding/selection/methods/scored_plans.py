"""What the methods share in which every bid carries a sealed plan that is scored."""

from __future__ import annotations

from abc import ABC
from collections.abc import Iterable, Mapping
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.guards.scores import weights_sum_to_a_hundred
from bidding.models import Tender
from bidding.selection.methods.sealed import SealedAmounts
from bidding.selection.methods.words import Text
from bidding.selection.scoring import Template
from bidding.selection.templates import read_template
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Verdict
from marketplace.web.components import Fact

PLAN_BLOCK = 1024 * 1024
"""Envelopes with a plan grow by whole mebibytes, so that their size tells little of it."""


class ScoredPlans(SealedAmounts, ABC):
    """A plan and an amount in one envelope; weights in whole percents, fixed at publication."""

    hands_over = False
    compares_prices = True
    takes_plans = True
    block = PLAN_BLOCK

    def own_fields(self) -> dict[str, forms.Field]:
        return {
            "price_weight": forms.IntegerField(
                label=_("价格的权重（%）"), min_value=0, max_value=100, required=False
            ),
            "criteria": forms.CharField(
                label=_("方案的评分项和权重"),
                max_length=1000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 5}),
            ),
        }

    def help_texts(self, rules: Rules, /) -> Mapping[str, Text]:
        return {
            "price_weight": _("报价最低的得满分，其他按最低报价与其报价之比得分。"),
            "criteria": _(
                "每行一项，先写名称，再写权重，例如“技术路线 40”。"
                "各项与价格的权重合计须为 100，发布后不能更改。"
            ),
            **super().help_texts(rules),
        }

    def facts(self, tender: Tender, /) -> Iterable[Fact]:
        template = self.template(tender)
        if template is not None:
            parts = [(_("价格"), template.price), *template.criteria]
            said = "，".join(f"{name} {weight}%" for name, weight in parts)
            yield Fact(_("评分权重"), said, is_wide=True)

    def asked(self, tender: Tender, rules: Rules, at: datetime, /) -> Iterable[tuple[str, Verdict]]:
        yield "criteria", weights_sum_to_a_hundred(tender)
        yield from super().asked(tender, rules, at)

    def template(self, tender: Tender, /) -> Template | None:
        return read_template(tender.parameters)

    def rule_values(self, tender: Tender, _rules: Rules, /) -> Mapping[str, object]:
        return {"template": self.template(tender)}
