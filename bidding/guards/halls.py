"""May an agency quote in a hall; does a hall open, and is it over."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bidding.guards.terms import amount_is_written_to_the_cent
from bidding.models import Bid, Hall, Quote, Tender
from bidding.rules.methods import AUCTION_FLOOR_IS_OPEN, AUCTION_STEP
from bidding.selection.auction import Hall as State
from bidding.selection.auction import Why, fault
from bidding.selection.discounts import rate_of
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard


# --- The hall -------------------------------------------------------------------------------------
@guard(_("这项采购没有正在进行的竞价"))
def hall_is_there(hall: Hall | None) -> bool:
    return hall is not None and hall.ended_at is None


@guard(_("采购不在竞价状态"))
def tender_is_bidding(tender: Tender) -> bool:
    return tender.status == Tender.Status.BIDDING


@guard(_("竞价还没有结束"))
def hall_is_over(tender: Tender, at: datetime) -> bool:
    return tender.hall is not None and at >= tender.hall.ends_at


@guard(_("竞价期间没有机构报价"))
def somebody_has_quoted(count: int) -> bool:
    return count > 0


@guard(_("竞价须写明竞价开始的时间（选取时间）"), source=FORM)
def hall_has_a_time(tender: Tender) -> bool:
    return tender.selection_at is not None


# --- A quote --------------------------------------------------------------------------------------
@guard(_("贵单位没有参加这次竞价，或者报名已经失效"))
def agency_has_a_seat(number: int | None, bid: Bid | None) -> bool:
    return number is not None and bid is not None and bid.status == Bid.Status.ACTIVE


@guard(_("价格已经变化：您打开确认时最低 %(seen)s，现在最低 %(now)s。没有报价，请重新确认"))
def price_is_as_seen(state: State, seen: str) -> bool | Because:
    """Compare what the page showed with what stands: a quote is confirmed at a price."""
    if seen == price_seen(state.price):
        return True
    return Because(seen=_shown(state, seen), now=_shown(state, price_seen(state.price)))


def price_seen(price: Decimal | None) -> str:
    """Return what a page sends along of the price that it shows; empty before the first quote."""
    return "" if price is None else f"{price:.2f}"


def _shown(state: State, seen: str) -> str:
    try:
        return _in_words(state, Decimal(seen))
    except ArithmeticError:
        return gettext("还没有报价")


def _in_words(state: State, amount: Decimal) -> str:
    """Return an amount, and the rate that it is where bidders quote rates."""
    shown = f"¥{amount:,.2f}"
    if not state.rules.by_rate:
        return shown
    return gettext("%(amount)s（下浮 %(rate)s%%）") % {
        "amount": shown,
        "rate": rate_of(state.rules.ceiling, amount),
    }


@guard(_("竞价已经结束，这次报价没有记录"))
def hall_takes_quotes(why: Why | None) -> bool:
    return why != Why.OVER


@guard(_("平台时间早于上一次报价，请稍候再报"))
def quote_follows_the_last(why: Why | None) -> bool:
    return why != Why.OUT_OF_ORDER


@guard(_("贵单位已是当前最低，不用再报"))
def another_leads(why: Why | None) -> bool:
    return why != Why.LEADS


@guard(_("最低限价已有机构报出，这项采购不接受其他机构跟报"), rule=AUCTION_FLOOR_IS_OPEN.key)
def floor_can_be_joined(why: Why | None) -> bool:
    return why != Why.FLOOR_TAKEN


@guard(_("现在须报 %(most)s 或者更低"), rule=AUCTION_STEP.key)
def quote_is_low_enough(why: Why | None, state: State) -> bool | Because:
    if why not in {Why.ABOVE_CEILING, Why.NOT_LOW_ENOUGH}:
        return True
    return Because(most=_in_words(state, state.most or Decimal(0)))


@guard(_("报价低于最低限价 %(floor)s"), source=FORM)
def quote_is_not_below_floor(why: Why | None, state: State) -> bool | Because:
    if why != Why.BELOW_FLOOR:
        return True
    return Because(floor=_in_words(state, state.rules.floor or Decimal(0)))


@guard(_("这项竞价报下浮率，精确到 0.01%，在 0 至 99.99% 之间"), source=FORM)
def quote_is_of_a_rate(why: Why | None) -> bool:
    return why != Why.NOT_A_RATE


def may_quote(state: State, bidder: str, amount: Decimal, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything that must hold of a quote in a hall, with the moment read under its lock."""
    why = fault(state, bidder, amount, at)
    return (
        amount_is_written_to_the_cent(amount),
        hall_takes_quotes(why),
        quote_follows_the_last(why),
        another_leads(why),
        floor_can_be_joined(why),
        quote_is_low_enough(why, state),
        quote_is_not_below_floor(why, state),
        quote_is_of_a_rate(why),
    )


@guard(_("同一份表单已经记录过另一个报价 %(recorded)s，请刷新页面后再报"), source=FORM)
def form_is_sent_once(quote: Quote, amount: Decimal) -> bool | Because:
    return quote.amount == amount or Because(recorded=f"¥{quote.amount:,.2f}")
