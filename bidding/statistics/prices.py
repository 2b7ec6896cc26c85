"""What the rulebook says about publishing prices."""

from __future__ import annotations

from datetime import datetime

from bidding.rules.figures import PRICE_LEAST
from credit.in_force import credit_rules
from marketplace.kernel.rules import typed


def least_prices(at: datetime) -> int:
    """
    Return of how many awards on the quartiles of their prices may be told.

    Source: 平台默认（规则手册 figure.price_least）
    """
    return typed(credit_rules(at).values())[PRICE_LEAST]
