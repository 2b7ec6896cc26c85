"""The ways of choosing an agency, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bidding.models import Tender
from bidding.selection.methods.base import Method, OrderNotPublished
from bidding.selection.methods.direct import Direct
from bidding.selection.methods.lowest import LowestPrice
from bidding.selection.methods.texts import RuleSentence, rule_sentences

METHODS: Mapping[str, Method] = MappingProxyType(
    {method.name: method for method in (LowestPrice(), Direct())}
)


def method_of(tender: Tender) -> Method:
    """
    Return the method of `tender`.

    Raises:
        KeyError: none is chosen yet.
    """
    return METHODS[tender.method]


__all__ = [
    "METHODS",
    "Method",
    "OrderNotPublished",
    "RuleSentence",
    "method_of",
    "rule_sentences",
]
