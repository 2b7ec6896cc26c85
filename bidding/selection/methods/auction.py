"""Live auction: who signed up quotes in the open, step by step, and the last to be lowest wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bidding.guards.halls import hall_has_a_time
from bidding.guards.terms import (
    amount_is_the_published_price,
    amount_is_written_to_the_cent,
    floor_is_allowed,
    floor_is_below_ceiling,
    floor_is_of_a_rate,
    hall_takes_no_unit_prices,
    order_has_ceiling,
    rate_has_a_base,
)
from bidding.models import Tender
from bidding.rules.methods import (
    AUCTION_COUNTDOWN,
    AUCTION_FLOOR_IS_OPEN,
    AUCTION_FLOOR_RESETS,
    AUCTION_LONGEST,
    AUCTION_RATE_STEP,
    AUCTION_STEP,
)
from bidding.selection.discounts import rate_of
from bidding.selection.draw import CENT
from bidding.selection.methods.base import OrderNotPublished
from bidding.selection.methods.sealed import SealedAmounts, SignedUp
from bidding.selection.methods.words import Text, Words
from bidding.selection.terms.auction import AuctionTerms
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Verdict
from marketplace.web.components import Fact
from marketplace.web.moments import cn_datetime

WHOLE = 100


class LiveAuction(SignedUp):
    """They sign up without an amount, and quote in the hall when it opens."""

    terms_class = AuctionTerms
    fields = SealedAmounts.fields
    lists_by_amount = False
    bid_order = ("agency__uscc",)
    receipt = "bidding/hall_entered"
    script = "bidding/methods/auction.js"
    words = Words(
        name=_("竞价大厅（公开逐轮降价）"),
        gist=_("报名的机构在约定的时间公开逐轮降价，结束时最低的中选。"),
        countdown=_("距报名截止"),
        deadline=_("报名截止"),
        answer=_("报名参加竞价"),
        answer_short=_("报名竞价"),
        answer_after_login=_("登录后报名"),
        answer_note=_(
            "报名不填报价，即承诺不高于最高限价承接。竞价开始前任何人都看不到谁报了名，截止前可以撤回。"
        ),
        buyer_note=_("竞价开始前业主也看不到谁报了名；结束前只看得到编号。"),
        offer_title=_("报名参加竞价"),
        offer=_("确认报名"),
        offer_note=_("报名后在竞价大厅公开报价，结束前只显示编号。截止前可以撤回。"),
        seal_note=_("几家都报到最低限价时才会用到"),
        bids_caption=_("全部报名，按最后一次报价从低到高"),
        order_note=_("按各家最后一次报价从低到高；都在最低限价的，签号小的在前。"),
        opening=_("公开竞价"),
        published=_("最高限价（元），报名即承诺不高于此价承接"),
    )

    def help_texts(self, rules: Rules, /) -> Mapping[str, Text]:
        return {
            **super().help_texts(rules),
            "floor": _(
                "报价不得低于这个金额；没有的不填。竞价大厅的降价幅度按它计算，没有的按最高限价；"
                "报下浮率的，提高的幅度按它对应的下浮率计算。"
            ),
        }

    def facts(self, tender: Tender, /) -> Iterable[Fact]:
        """Yield when the hall opens and by how much each quote goes down."""
        if tender.selection_at is not None:
            yield Fact(_("竞价开始"), cn_datetime(tender.selection_at))

    def asked(self, tender: Tender, rules: Rules, at: datetime, /) -> Iterable[tuple[str, Verdict]]:
        yield "ceiling", order_has_ceiling(tender)
        yield "quote", hall_takes_no_unit_prices(tender)
        yield "ceiling", rate_has_a_base(tender)
        yield "floor", floor_is_allowed(tender, rules)
        yield "floor", floor_is_below_ceiling(tender)
        yield "floor", floor_is_of_a_rate(tender)
        yield "selection_at", hall_has_a_time(tender)
        yield from super().asked(tender, rules, at)

    def published_amount(self, tender: Tender, /) -> Decimal | None:
        return tender.ceiling

    def amount_verdicts(self, tender: Tender, amount: Decimal) -> tuple[Verdict, ...]:
        return (
            amount_is_written_to_the_cent(amount),
            amount_is_the_published_price(tender, amount),
        )

    def own_terms(self, tender: Tender, rules: Rules, /) -> AuctionTerms:
        if tender.ceiling is None:
            raise OrderNotPublished(tender.slug)
        return AuctionTerms(
            ceiling=tender.ceiling,
            floor=tender.floor,
            step=_step(tender, tender.ceiling, rules),
            countdown=int(rules[AUCTION_COUNTDOWN].span.total_seconds()),
            longest=int(rules[AUCTION_LONGEST].span.total_seconds()),
            floor_is_open=rules[AUCTION_FLOOR_IS_OPEN],
            floor_resets=rules[AUCTION_FLOOR_RESETS],
            by_rate=tender.is_by_rate,
        )

    def rule_values(self, tender: Tender, rules: Rules, /) -> Mapping[str, Any]:
        if tender.ceiling is None:
            return {}
        rate = rate_of(tender.ceiling, tender.floor) if tender.floor else None
        return {"terms": self.own_terms(tender, rules), "floor_rate": rate}

    def draw_word(self, evidence: Mapping[str, Any]) -> Text:
        ranking = evidence["ranking"]
        if not ranking:
            return _("流标，没有抽签")
        tied = sum(place["amount"] == evidence["amount"] for place in ranking)
        if tied == 1:
            return _("最低报价只有一家，没有抽签")
        return _("%(count)s 家都报到最低限价，由种子排定") % {"count": tied}

    def reckoned(self, evidence: Mapping[str, Any]) -> Iterable[Fact]:
        course = evidence["course"]
        shown = {"count": len(course["quotes"]), "bidders": len(amounts_in(evidence))}
        yield Fact(_("竞价报价"), _("%(bidders)s 家共 %(count)s 次") % shown)

    def amounts(self, evidence: Mapping[str, Any]) -> Mapping[str, Decimal]:
        return amounts_in(evidence)

    def said_of(self, evidence: Mapping[str, Any]) -> Mapping[str, Text]:
        silent = {
            one["uscc"]: gettext("竞价期间没有报价")
            for one in evidence["entrants"]
            if one["uscc"] not in amounts_in(evidence)
        }
        return {**silent, **super().said_of(evidence)}

    def tie_word(self, place: int) -> Text:
        return gettext("报到最低限价，抽签排在第 %(place)s") % {"place": place}


def amounts_in(evidence: Mapping[str, Any]) -> Mapping[str, Decimal]:
    """Return what each has quoted last, by credit code, of those who have quoted."""
    return {one["uscc"]: Decimal(one["amount"]) for one in evidence["course"]["quotes"]}


def _step(tender: Tender, ceiling: Decimal, rules: Rules) -> Decimal:
    """Return the step of an order: in yuan, or in points of the rate where bidders quote that."""
    if not tender.is_by_rate:
        return step_of(tender.floor or ceiling, rules[AUCTION_STEP])
    if tender.floor is None:
        return step_of(Decimal(WHOLE), rules[AUCTION_STEP])
    return step_of(rate_of(ceiling, tender.floor), rules[AUCTION_RATE_STEP])


def step_of(base: Decimal, percent: Decimal) -> Decimal:
    """Return so many percent of `base`, to a hundredth and upwards, a hundredth at least."""
    return max((base * percent / WHOLE).quantize(CENT, ROUND_CEILING), CENT)
