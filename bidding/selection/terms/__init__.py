"""
The terms of every method, by name: all that a stranger needs to repeat a selection. Pure.

What was once published is verified for good, so a method that is no longer offered stays here.
"""

from __future__ import annotations

from bidding.selection.terms.auction import AuctionTerms
from bidding.selection.terms.base import MethodTerms
from bidding.selection.terms.best_price import BestPriceTerms
from bidding.selection.terms.direct import DirectTerms
from bidding.selection.terms.experts import ExpertsTerms
from bidding.selection.terms.lowest import LowestTerms
from bidding.selection.terms.plan_price import PlanPriceTerms
from bidding.selection.terms.random_draw import RandomTerms
from bidding.selection.terms.shortlist import ShortlistTerms

TERMS: dict[str, type[MethodTerms]] = {}


class UnknownMethod(LookupError):
    """No terms are defined for the method."""


class NameTaken(ValueError):
    """Two methods have one name, so that a file could be read in two ways."""


def register(terms: type[MethodTerms]) -> None:
    """
    Make evidence of a method readable; doing so twice changes nothing.

    Raises:
        NameTaken: other terms have its name.
    """
    if TERMS.setdefault(terms.name, terms) is not terms:
        raise NameTaken(terms.name)


def terms_named(method: str) -> type[MethodTerms]:
    """
    Return the terms of a method by its name.

    Raises:
        UnknownMethod: there is none.
    """
    try:
        return TERMS[method]
    except KeyError:
        raise UnknownMethod(method) from None


OFFERED = (
    *(LowestTerms, BestPriceTerms, AuctionTerms, ShortlistTerms, PlanPriceTerms),
    ExpertsTerms,
)
for known in (*OFFERED, RandomTerms, DirectTerms):
    register(known)

__all__ = ["TERMS", "MethodTerms", "NameTaken", "UnknownMethod", "register", "terms_named"]
