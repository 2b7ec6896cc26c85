"""Sealed lowest price: the cheapest offer within the ceiling wins, equal ones by the draw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding import periods
from bidding.guards.terms import amount_is_within_ceiling, amount_is_written_to_the_cent
from bidding.models import Tender
from bidding.rules import SIGNUP_MIN
from bidding.selection.methods.base import Method
from bidding.selection.methods.words import Text, Words
from bidding.selection.terms.lowest import LowestTerms
from marketplace.kernel.calendar import Deadline, WorkCalendar
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Verdict
from marketplace.kernel.wording import in_words


class LowestPrice(Method):
    """Every eligible agency may offer one sealed amount."""

    terms_class = LowestTerms
    fields = ("signup_days",)
    period_rule = SIGNUP_MIN.key
    script = "bidding/methods/lowest.js"
    words = Words(
        name=_("竞价（最低价中选）"),
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

    def help_texts(self, rules: Rules, /) -> Mapping[str, Text]:
        text = _(
            "从发布次日起算，末日 24:00 截止，不少于 %(period)s"
            "（规则手册 order.signup_min）。不填就用最短期限。"
        )
        return {"signup_days": text % {"period": in_words(rules[SIGNUP_MIN])}}

    def amount_verdicts(self, tender: Tender, amount: Decimal) -> tuple[Verdict, ...]:
        return amount_is_written_to_the_cent(amount), amount_is_within_ceiling(tender, amount)

    def period_end(
        self, tender: Tender, published_at: datetime, rules: Rules, calendar: WorkCalendar
    ) -> Deadline:
        days = tender.signup_days
        if not days:
            return periods.earliest_tender_period_end(published_at, rules, calendar)
        return periods.tender_period_end(published_at, days, rules, calendar)

    def own_terms(self, tender: Tender) -> LowestTerms:
        return LowestTerms(ceiling=tender.ceiling)

    def draw_word(self, evidence: Mapping[str, Any]) -> Text:
        if not evidence["ranking"]:
            return _("流标，没有抽签")
        tied = sum(place["amount"] == evidence["amount"] for place in evidence["ranking"])
        if tied == 1:
            return _("最低报价只有一家，没有抽签")
        return _("%(count)s 家最低报价相同，由种子排定") % {"count": tied}
