"""What the methods share in which every eligible agency sends one sealed amount."""

from __future__ import annotations

from abc import ABC
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from bidding import periods
from bidding.guards.terms import (
    amount_is_not_below_floor,
    amount_is_of_a_rate,
    amount_is_of_a_unit_price,
    amount_is_within_ceiling,
    amount_is_written_to_the_cent,
    amount_suits_the_payer,
    floor_is_allowed,
    floor_is_below_ceiling,
    rate_has_a_base,
    unit_price_has_a_quantity,
)
from bidding.guards.times import (
    selection_follows_the_sign_up,
    selection_is_soon_after_the_sign_up,
    sign_up_ends_by_days_or_at_a_time,
    sign_up_period_is_long_enough,
    sign_up_period_is_short_enough,
)
from bidding.models import Tender
from bidding.rules.orders import SELECTION_MAX, SIGNUP_MIN
from bidding.selection.methods.base import Method
from bidding.selection.methods.words import Text
from marketplace.kernel.calendar import Deadline, WorkCalendar
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Verdict
from marketplace.kernel.wording import in_words


class SignedUp(Method, ABC):
    """Every eligible agency may answer until the sign-up ends, all at once are opened after it."""

    fields: ClassVar[tuple[str, ...]] = ("signup_days", "signup_until", "selection_at")
    period_rule = SIGNUP_MIN.key

    def help_texts(self, rules: Rules, /) -> Mapping[str, Text]:
        text = _(
            "从发布次日起算，末日 24:00 截止，不少于 %(period)s"
            "（规则手册 order.signup_min）。不填就用最短期限。"
        )
        latest = _(
            "约定统一开启报价的时间，竞价大厅是竞价开始的时间，例如 2026-12-04 09:30，"
            "最迟在报名截止后 %(period)s内。"
        )
        return {
            "signup_days": text % {"period": in_words(rules[SIGNUP_MIN])},
            "signup_until": _(
                "约定了具体时间的填写，例如 2026-12-03 16:30，不再填报名期的天数；须给足最短期限。"
            ),
            "selection_at": latest % {"period": in_words(rules[SELECTION_MAX])},
        }

    def asked(self, tender: Tender, rules: Rules, at: datetime, /) -> Iterable[tuple[str, Verdict]]:
        yield "signup_until", sign_up_ends_by_days_or_at_a_time(tender)
        end = "signup_until" if tender.signup_until else "signup_days"
        yield end, sign_up_period_is_long_enough(tender, rules, at)
        yield end, sign_up_period_is_short_enough(tender, rules, at)
        yield "selection_at", selection_follows_the_sign_up(tender, rules, at)
        yield "selection_at", selection_is_soon_after_the_sign_up(tender, rules, at)

    def order_verdicts(self, tender: Tender, rules: Rules, at: datetime, /) -> tuple[Verdict, ...]:
        return tuple(verdict for _field, verdict in self.asked(tender, rules, at))

    def period_end(
        self, tender: Tender, published_at: datetime, rules: Rules, calendar: WorkCalendar
    ) -> Deadline:
        return periods.sign_up_end(
            published_at, rules, calendar, days=tender.signup_days, until=tender.signup_until
        )


class SealedAmounts(SignedUp, ABC):
    """Each offers one amount within the bounds, which nobody reads before the opening."""

    fields = ("quote", "quantity_unit", "quantity", "floor", *SignedUp.fields)
    hands_over = True

    def help_texts(self, rules: Rules, /) -> Mapping[str, Text]:
        return {
            "quote": _("下浮率以最高限价为基准：报 20% 的，金额是最高限价的 80%。"),
            "quantity_unit": _("报单价的填写，例如“平方米”“份”。"),
            "quantity": _("报单价的填写。最高限价和报价的总额按单价乘以暂估数量计算。"),
            "floor": _("报价不得低于这个金额；没有的不填。"),
            **super().help_texts(rules),
        }

    def asked(self, tender: Tender, rules: Rules, at: datetime, /) -> Iterable[tuple[str, Verdict]]:
        yield "ceiling", rate_has_a_base(tender)
        yield "quantity", unit_price_has_a_quantity(tender)
        yield "floor", floor_is_allowed(tender, rules)
        yield "floor", floor_is_below_ceiling(tender)
        yield from super().asked(tender, rules, at)

    def amount_verdicts(self, tender: Tender, amount: Decimal) -> tuple[Verdict, ...]:
        return (
            amount_is_written_to_the_cent(amount),
            amount_suits_the_payer(tender, amount),
            amount_is_not_below_floor(tender, amount),
            amount_is_within_ceiling(tender, amount),
            amount_is_of_a_rate(tender, amount),
            amount_is_of_a_unit_price(tender, amount),
        )
