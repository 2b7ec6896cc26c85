"""A method in one module: a price that the buyer fixes, and one of all who take it by lot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.template import engines
from django.utils.translation import gettext_lazy as _

from bidding import periods
from bidding.models import Tender
from bidding.rules.orders import SIGNUP_MIN
from bidding.selection.draw import Place, Ranking, money, ticket
from bidding.selection.methods import Method
from bidding.selection.methods.words import Words
from bidding.selection.shapes import MONEY
from bidding.selection.terms import MethodTerms
from marketplace.kernel.calendar import Deadline
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Verdict, guard

RULE = """{% load ui %}{% autoescape off %}
每家机构按 {{ tender.parameters.fixed_price|money }} 接受。|公告所列，由项目业主设定
接受的机构中抽取一家，任何人都可以重算。|平台默认
{% endautoescape %}"""


@dataclass(frozen=True, kw_only=True)
class RaffleTerms(MethodTerms):
    name = "raffle"
    form = {"fixed_price": MONEY}

    fixed_price: Decimal

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        return cls(fixed_price=Decimal(content["fixed_price"]))

    def as_json(self) -> dict[str, Any]:
        return {"fixed_price": money(self.fixed_price)}

    def rank(self, offers: Mapping[str, Decimal], seed: bytes, context: bytes) -> Ranking:
        lots = {entrant: ticket(entrant, seed, context) for entrant in offers}
        places = [Place(one, offers[one], lots[one], len(lots) > 1) for one in offers]
        return Ranking(tuple(sorted(places, key=lambda place: place.ticket)))

    def bounds(self) -> tuple[Decimal, Decimal]:
        return self.fixed_price, self.fixed_price


@guard(_("须写明固定价格"))
def price_is_fixed(tender: Tender) -> bool:
    return bool(tender.parameters.get("fixed_price"))


@guard(_("这种方式只按固定价格接受"))
def amount_is_the_fixed_price(tender: Tender, amount: Decimal) -> bool:
    return amount == Decimal(tender.parameters["fixed_price"])


class Raffle(Method):
    terms_class = RaffleTerms
    period_rule = "order.signup_min"
    bid_order = ("agency__uscc",)
    words = Words(
        name="抽签（固定价格）",
        countdown="距抽取报名截止",
        deadline="报名截止",
        answer="按固定价格报名",
        answer_short="按固定价格报名",
        answer_after_login="登录后报名抽取",
        answer_note="全部按固定价格，报名后抽取。",
        buyer_note="抽取前业主也看不到谁报了名。",
        offer_title="接受固定价格",
        offer="接受并报名",
        offer_note="填写公告所列的固定价格。",
        seal_note="从全部报名中抽取一家",
        bids_caption="全部报名",
        order_note="按签号从小到大。",
    )

    def own_fields(self) -> dict[str, forms.Field]:
        return {
            "fixed_price": forms.DecimalField(
                label="固定价格（元）",
                decimal_places=2,
                required=False,
                help_text="只在抽签时填写。",
            )
        }

    def facts(self, tender: Tender, /) -> Iterable[dict[str, Any]]:
        yield {"label": "固定价格", "value": tender.parameters.get("fixed_price", "")}

    def asked(
        self, tender: Tender, _rules: Rules, _at: datetime, /
    ) -> Iterable[tuple[str, Verdict]]:
        yield "fixed_price", price_is_fixed(tender)

    def order_verdicts(
        self, tender: Tender, _rules: Rules, _at: datetime, /
    ) -> tuple[Verdict, ...]:
        return (price_is_fixed(tender),)

    def amount_verdicts(self, tender: Tender, amount: Decimal) -> tuple[Verdict, ...]:
        return (amount_is_the_fixed_price(tender, amount),)

    def period_end(
        self, tender: Tender, published_at: datetime, rules: Any, calendar: Any
    ) -> Deadline:
        days = tender.signup_days or rules[SIGNUP_MIN].count
        return periods.tender_period_end(published_at, days, rules, calendar)

    def rule_text(self) -> Any:
        return engines["django"].from_string(RULE)

    def own_terms(self, tender: Tender, _rules: Any, /) -> RaffleTerms:
        return RaffleTerms(fixed_price=Decimal(tender.parameters["fixed_price"]))

    def draw_word(self, evidence: Mapping[str, Any]) -> str:
        return f"从 {len(evidence['ranking'])} 家中抽取"
