"""The live auction: what one quote does to a hall, decided by its rules and its course. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from bidding.selection.discounts import WHOLE, discounted, is_of_a_rate, rate_of


class Why(StrEnum):
    """Why a quote does not count; the words stand with the guards."""

    OUT_OF_ORDER = "out_of_order"
    OVER = "over"
    ABOVE_CEILING = "above_ceiling"
    BELOW_FLOOR = "below_floor"
    LEADS = "leads"
    NOT_LOW_ENOUGH = "not_low_enough"
    FLOOR_TAKEN = "floor_taken"
    NOT_A_RATE = "not_a_rate"


class QuoteRefused(ValueError):
    """A quote does not count; `why` says for what."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, kw_only=True)
class HallRules:
    """
    What publication fixes of a hall; amounts in yuan.

    Each quote is at least `step` below the one before, or at the floor. Where bidders quote rates
    off the ceiling (`by_rate`), a step is so many points of that rate, and an amount counts only as
    what some rate comes to: the higher rate is the lower amount. `countdown` runs anew from
    each quote above the floor, and from one at the floor where it `floor_resets` the clock; the
    hall lasts `longest` at most. At the floor, others may join where `floor_is_open`.
    """

    ceiling: Decimal
    floor: Decimal | None
    step: Decimal
    countdown: timedelta
    longest: timedelta
    floor_is_open: bool
    floor_resets: bool
    by_rate: bool = False

    def below(self, price: Decimal) -> Decimal:
        """Return the amount a step below `price`; zero or less where there is none."""
        if not self.by_rate:
            return price - self.step
        rate = rate_of(self.ceiling, price) + self.step
        return discounted(self.ceiling, rate) if rate < WHOLE else Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Hall:
    """A hall after some quotes: `price` is the lowest one, `last` the last one of each bidder."""

    rules: HallRules
    opened_at: datetime
    ends_at: datetime
    """From this instant on (inclusive) no quote counts."""
    moved_at: datetime
    """When it opened, ran on, or the last quote came."""
    closes_at: datetime
    """Beyond it no countdown reaches."""
    price: Decimal | None = None
    last: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def is_at_floor(self) -> bool:
        return self.price is not None and self.price == self.rules.floor

    @property
    def leaders(self) -> tuple[str, ...]:
        """Who has quoted the lowest price, in the order of their quotes; several at the floor."""
        return tuple(bidder for bidder, amount in self.last.items() if amount == self.price)

    @property
    def most(self) -> Decimal | None:
        """The highest amount that may be quoted now; None when nobody can any more."""
        if self.price is None:
            return self.rules.ceiling
        if self.is_at_floor:
            return self.rules.floor if self.rules.floor_is_open else None
        lower = max(self.rules.below(self.price), self.rules.floor or Decimal(0))
        return lower if lower > 0 else None

    def steps(self, count: int) -> Iterator[Decimal]:
        """Yield up to `count` amounts that may be quoted now: `most`, and each a step lower."""
        amount, floor = self.most, self.rules.floor or Decimal(0)
        while amount is not None and amount > 0 and count > 0:
            yield amount
            if amount <= floor:
                return
            amount, count = max(self.rules.below(amount), floor), count - 1


def opened(rules: HallRules, at: datetime) -> Hall:
    """Return a hall that opens at `at`; without any quote it ends with the first countdown."""
    return Hall(
        rules=rules,
        opened_at=at,
        moved_at=at,
        ends_at=at + rules.countdown,
        closes_at=at + rules.longest,
    )


def ran_on(hall: Hall, since: datetime, until: datetime) -> Hall:
    """
    Return `hall` after it has stood still from `since` to `until`: a whole countdown is given back.

    One that was over when it was to stand still is over.
    """
    if since >= hall.ends_at:
        return hall
    closes_at = hall.closes_at + (until - since)
    ends_at = min(until + hall.rules.countdown, closes_at)
    return replace(hall, moved_at=max(hall.moved_at, until), ends_at=ends_at, closes_at=closes_at)


def quoted(hall: Hall, bidder: str, amount: Decimal, at: datetime) -> Hall:
    """
    Return `hall` after `bidder` has quoted `amount` at `at`.

    Raises:
        QuoteRefused: it does not count; the hall is as it was.
    """
    if (why := fault(hall, bidder, amount, at)) is not None:
        raise QuoteRefused(why)
    rules = hall.rules
    is_floor = amount == rules.floor
    ends_at = hall.ends_at
    if not is_floor or rules.floor_resets:
        ends_at = max(ends_at, min(at + rules.countdown, hall.closes_at))
    others = {one: last for one, last in hall.last.items() if one != bidder}
    return replace(
        hall, ends_at=ends_at, moved_at=at, price=amount, last={**others, bidder: amount}
    )


def fault(hall: Hall, bidder: str, amount: Decimal, at: datetime) -> Why | None:
    """Return why `bidder` may not quote `amount` at `at`; None when it may."""
    if at >= hall.ends_at:
        return Why.OVER
    if at < hall.moved_at:
        return Why.OUT_OF_ORDER
    if bidder in hall.leaders:
        return Why.LEADS
    return _amount_fault(hall, amount)


def _amount_fault(hall: Hall, amount: Decimal) -> Why | None:
    rules, most = hall.rules, hall.most
    if amount > rules.ceiling:
        return Why.ABOVE_CEILING
    if amount <= 0 or (rules.floor is not None and amount < rules.floor):
        return Why.BELOW_FLOOR
    if hall.is_at_floor and most is None:
        return Why.FLOOR_TAKEN
    if rules.by_rate and not is_of_a_rate(rules.ceiling, amount):
        return Why.NOT_A_RATE
    return Why.NOT_LOW_ENOUGH if most is None or amount > most else None
