"""Quotes as a rate off the ceiling, and the amounts that they come to. Pure."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from bidding.selection.draw import CENT

WHOLE = Decimal(100)
GREATEST_RATE = WHOLE - CENT
LEAST_BASE = Decimal(100)
"""From here on a hundredth of a percent is at least a cent, so that no two rates are one amount."""


class NotARate(ValueError):
    """A rate is negative, a whole hundred or more, or finer than a hundredth of a percent."""


def discounted(base: Decimal, rate: Decimal) -> Decimal:
    """
    Return what `rate` percent off `base` comes to, half a cent rounded up.

    The higher of two rates gives the lower amount, so that ranking amounts upwards ranks rates
    downwards, from a base of `LEAST_BASE` on.

    Raises:
        NotARate: `rate` is not from 0 to 99.99, or has more than two decimals.
    """
    if not rate.is_finite() or not 0 <= rate < WHOLE or rate % CENT:
        raise NotARate(rate)
    return (base * (WHOLE - rate) / WHOLE).quantize(CENT, ROUND_HALF_UP)


def is_of_a_rate(base: Decimal, amount: Decimal) -> bool:
    """Tell whether some rate off `base` comes to `amount`."""
    if not 0 < amount <= base:
        return False
    rate = rate_of(base, amount)
    return rate < WHOLE and amount == discounted(base, rate)


def rate_of(base: Decimal, amount: Decimal) -> Decimal:
    """Return the rate, to the hundredth of a percent, by which `amount` lies below `base`."""
    return ((1 - amount / base) * WHOLE).quantize(CENT, ROUND_HALF_UP)
