"""Random draw: the buyer publishes the price, one of all who take it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bidding.guards.terms import (
    amount_is_the_published_price,
    amount_is_written_to_the_cent,
    order_has_ceiling,
)
from bidding.models import Tender
from bidding.selection.methods.base import OrderNotPublished
from bidding.selection.methods.sealed import SignedUp
from bidding.selection.methods.words import Text, Words
from bidding.selection.terms.random_draw import RandomTerms
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Verdict


class RandomDraw(SignedUp):
    """All offer the same, the lot decides."""

    terms_class = RandomTerms
    lists_by_amount = False
    bid_order = ("agency__uscc",)
    script = "bidding/methods/random.js"
    words = Words(
        name=_("随机抽取（按公布的价格）"),
        gist=_("价格由贵单位公布，从全部有效报名中抽取一家。"),
        countdown=_("距报名截止"),
        deadline=_("报名截止"),
        answer=_("按公布的价格报名"),
        answer_short=_("报名抽取"),
        answer_after_login=_("登录后报名"),
        answer_note=_("金额由公告公布，从全部有效报名中抽取一家。截止前可以撤回。"),
        buyer_note=_("抽取前业主也看不到谁报了名。"),
        offer_title=_("按公布的价格报名"),
        offer=_("接受价格并报名"),
        offer_note=_("抽取前任何人都看不到谁报了名。截止前可以撤回。"),
        seal_note=_("从全部有效报名中抽取一家"),
        bids_caption=_("全部报名，按签号从小到大"),
        order_note=_("按签号从小到大，签号最小的中选。"),
        untied_note=_("只有一家，不用抽签"),
    )

    def asked(self, tender: Tender, rules: Rules, at: datetime, /) -> Iterable[tuple[str, Verdict]]:
        yield "ceiling", order_has_ceiling(tender)
        yield from super().asked(tender, rules, at)

    def published_amount(self, tender: Tender, /) -> Decimal | None:
        return tender.ceiling

    def amount_verdicts(self, tender: Tender, amount: Decimal) -> tuple[Verdict, ...]:
        return (
            amount_is_written_to_the_cent(amount),
            amount_is_the_published_price(tender, amount),
        )

    def own_terms(self, tender: Tender, _rules: Rules, /) -> RandomTerms:
        if tender.ceiling is None:
            raise OrderNotPublished(tender.slug)
        return RandomTerms(price=tender.ceiling)

    def draw_word(self, evidence: Mapping[str, Any]) -> Text:
        count = len(evidence["ranking"])
        if not count:
            return _("流标，没有抽签")
        if count == 1:
            return _("只有一家有效报名，没有抽签")
        return _("从 %(count)s 家中抽取") % {"count": count}

    def tie_word(self, place: int) -> Text:
        return gettext("抽签排在第 %(place)s") % {"place": place}
