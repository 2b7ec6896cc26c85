"""Quotes so far below the others that the owner is to check what the work costs, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from bidding.guards.explanations import abnormally_low, valid_amounts
from bidding.models import Explanation, Tender
from bidding.selection.low_quotes import Shortfall

TENTH = Decimal("0.1")


def low_words(tender: Tender, amounts: Mapping[str, Decimal], at: datetime) -> Mapping[str, str]:
    """
    Return of each of the valid quotes that is abnormally low how far it is, by its name.

    `amounts` are all valid quotes of an opened order.

    Source: 平台默认（规则手册 bid.low_below_mean、bid.low_below_next）
    """
    found = abnormally_low(tender, amounts, at)
    return {name: _said(one) for name, one in found.items()}


def low_of(explanation: Explanation, at: datetime) -> str:
    """Return how far the quote of which an explanation is lies below the others."""
    tender = explanation.tender
    assert tender.selection is not None  # noqa: S101 - nothing is asked before the opening
    amounts = valid_amounts(tender, tender.selection.content)
    return low_words(tender, amounts, at).get(explanation.bid.agency.uscc or "", "")


def _said(shortfall: Shortfall) -> str:
    parts = {"mean": _percent(shortfall.mean), "following": _percent(shortfall.following)}
    if not shortfall.following:
        return _("异常低价：低于平均报价 %(mean)s%%") % parts
    return _("异常低价：低于平均报价 %(mean)s%%，低于高一位的报价 %(following)s%%") % parts


def _percent(share: Fraction) -> str:
    """Return a share to a tenth, cut off, so that what is shown is never more than what is."""
    exact = Decimal(share.numerator) / Decimal(share.denominator)
    return f"{exact.quantize(TENTH, ROUND_DOWN)}"
