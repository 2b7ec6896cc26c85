"""The ways of choosing an agency: the one list of them, and what is asked of one by its name."""

from __future__ import annotations

from bidding.selection.methods.auction import LiveAuction
from bidding.selection.methods.base import Method, OrderNotPublished
from bidding.selection.methods.best_price import BestPrice
from bidding.selection.methods.direct import Direct
from bidding.selection.methods.experts import ByExperts
from bidding.selection.methods.lowest import LowestPrice
from bidding.selection.methods.plan_price import PlanAndPrice
from bidding.selection.methods.random_draw import RandomDraw
from bidding.selection.methods.registry import (
    METHODS,
    asking_for,
    foreign_fields,
    hall_rules_of,
    is_scored,
    method_name,
    method_of,
    own_parameters,
    register,
    template_of,
    withdraw,
    words_of,
)
from bidding.selection.methods.shortlist import CreditShortlist
from bidding.selection.methods.texts import rule_sentences
from bidding.selection.methods.words import RuleSentence

register(LowestPrice())
register(BestPrice())
register(LiveAuction())
register(CreditShortlist())
register(PlanAndPrice())
register(ByExperts())
register(RandomDraw())
register(Direct())

__all__ = [
    "METHODS",
    "Method",
    "OrderNotPublished",
    "RuleSentence",
    "asking_for",
    "foreign_fields",
    "hall_rules_of",
    "is_scored",
    "method_name",
    "method_of",
    "own_parameters",
    "register",
    "rule_sentences",
    "template_of",
    "withdraw",
    "words_of",
]
