"""Which methods there are, and what is asked of one by its name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bidding.models import Tender
from bidding.rules.cases import METHOD_NAMES
from bidding.selection import terms
from bidding.selection.auction import HallRules
from bidding.selection.methods.base import Method
from bidding.selection.methods.words import Text, Words
from bidding.selection.scoring import Template
from bidding.selection.terms.auction import AuctionTerms
from marketplace.kernel.declarations import Rules
from marketplace.kernel.rules import read_anew

_known: dict[str, Method] = {}
METHODS: Mapping[str, Method] = MappingProxyType(_known)


def register(method: Method) -> None:
    """
    Offer `method` to buyers, and make its evidence readable.

    Raises:
        NameTaken: another method has its name.
    """
    terms.register(method.terms_class)
    if _known.setdefault(method.name, method) is not method:
        raise terms.NameTaken(method.name)
    METHOD_NAMES[method.name] = method.words.name
    read_anew()


def withdraw(method: Method) -> None:
    """Take `method` off the list; its evidence stays readable, but no order may have it."""
    _known.pop(method.name, None)
    METHOD_NAMES.pop(method.name, None)
    read_anew()


def method_of(tender: Tender) -> Method:
    """
    Return the method of `tender`.

    Raises:
        KeyError: none is chosen yet.
    """
    return METHODS[tender.method]


def hall_rules_of(tender: Tender, rules: Rules) -> HallRules:
    """
    Return by what the hall of a live order runs.

    Raises:
        NotLive: its method has no hall.
    """
    terms = method_of(tender).own_terms(tender, rules)
    if not isinstance(terms, AuctionTerms):
        raise NotLive(tender.method)
    return terms.hall


class NotLive(TypeError):
    """A method has no hall."""


def method_name(name: str) -> Text:
    """Return what readers call a method; empty where none is chosen, or an unknown one."""
    method = METHODS.get(name)
    return method.words.name if method else ""


def words_of(tender: Tender) -> Words | None:
    """Return what pages say of the order's method; None where none is chosen."""
    method = METHODS.get(tender.method)
    return method.words if method else None


def is_scored(tender: Tender) -> bool:
    """Tell whether the order's winner is found by scores."""
    method = METHODS.get(tender.method)
    return method is not None and method.is_scored


def template_of(tender: Tender) -> Template | None:
    """Return by which weights the order is scored; None where it is not."""
    method = METHODS.get(tender.method)
    return method.template(tender) if method else None


def asking_for(field: str) -> tuple[str, ...]:
    """Return the methods that have `field` for themselves; () for one that every order has."""
    return tuple(
        name
        for name, method in METHODS.items()
        if field in method.fields or field in method.own_fields()
    )


def foreign_fields(method: str) -> dict[str, Any]:
    """Return the columns that other methods than the named one ask for, with their empty values."""
    chosen = METHODS.get(method)
    own = chosen.fields if chosen else ()
    asked = {name for other in METHODS.values() for name in other.fields}
    empty = Tender()
    return {name: getattr(empty, name) for name in asked.difference(own)}


def own_parameters(method: str, given: Mapping[str, Any]) -> dict[str, str]:
    """Return what of `given` the named method asks for beyond columns, filled in, as texts."""
    chosen = METHODS.get(method)
    names = chosen.own_fields() if chosen else ()
    return {name: str(given[name]) for name in names if given.get(name) not in (None, "")}
