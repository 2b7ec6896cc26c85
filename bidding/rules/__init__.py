"""The rules of an order, from the published need to the rated contract."""

from __future__ import annotations

from bidding.rules import (
    bids,
    contracts,
    disputes,
    figures,
    inspections,
    limits,
    methods,
    notices,
    openings,
    orders,
    outcomes,
)
from marketplace.kernel.declarations import Declared

RULES: tuple[Declared, ...] = (
    *limits.RULES,
    *orders.RULES,
    *bids.RULES,
    *methods.RULES,
    *outcomes.RULES,
    *notices.RULES,
    *disputes.RULES,
    *openings.RULES,
    *contracts.RULES,
    *figures.RULES,
    *inspections.RULES,
)
