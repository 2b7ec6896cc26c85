"""Quotes as the price of a unit, and the amounts that they come to. Pure."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from bidding.selection.draw import CENT


def comes_to(unit_price: Decimal, quantity: int) -> Decimal:
    """Return what `quantity` units cost in yuan; the lower of two prices is the lower amount."""
    return unit_price * quantity


def price_of_unit(amount: Decimal, quantity: int) -> Decimal:
    """Return what one of `quantity` units costs, to the cent; what is left over is dropped."""
    return (amount / quantity).quantize(CENT, ROUND_DOWN)


def is_of_units(amount: Decimal, quantity: int) -> bool:
    """Tell whether some price of a unit, to the cent, comes to `amount`."""
    return amount % (CENT * quantity) == 0
