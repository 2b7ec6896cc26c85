"""The rule values that an order obeys: fixed from its publication on, before it those in force."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from bidding.models import Tender
from bidding.outcomes import rounds_up_to
from bidding.rules.cases import AMOUNT
from marketplace.kernel.calendar import day_of
from marketplace.kernel.declarations import Rules, Table
from marketplace.kernel.known import asked_once
from marketplace.kernel.models import RulebookVersion
from marketplace.kernel.rules import declaration_of, rules_in_force, typed, values_of
from marketplace.reference import read_value

LATER = Path(__file__).parent / "data" / "later_rules.csv"


def places_of(tender: Tender) -> tuple[str, ...]:
    """Return the class of services and the level of an order, as tables name them."""
    service_class = tender.item.service_class
    classes = (service_class.code,) if service_class else ()
    return *classes, tender.buyer.division.level


def finer_cells(tender: Tender) -> tuple[str, ...]:
    """Return what may refine a table of rules for an order: its class, level and round."""
    return *places_of(tender), *rounds_up_to(failed_rounds_before(tender) + 1)


def amounts_reached(tender: Tender, rules: Rules, table: Table[Any]) -> list[str]:
    """
    Return the amounts from which a table tells orders apart and which an order reaches.

    The greatest comes first. One whose price is not estimated, with a basis, reaches all of them.
    """
    ceiling = tender.ceiling or 0
    is_open = tender.ceiling is None and bool(tender.price_basis.strip())
    named = {
        name: int(name.removeprefix("from_"))
        for key in rules.values
        if key.startswith(f"{table.key}.")
        for name in key.split(".")
        if AMOUNT.label_of(name) is not None
    }
    reached = [name for name, amount in named.items() if is_open or amount <= ceiling]
    return sorted(reached, key=named.__getitem__, reverse=True)


def failed_rounds_before(tender: Tender) -> int:
    """
    Count the rounds before this one, back to the first, that found nobody.

    A round that the buyer cancelled does not count: it would let the buyer choose the method, or
    how many bids are enough.
    """
    count, earlier = 0, tender.previous
    while earlier is not None:
        count += earlier.status in {Tender.Status.UNSUCCESSFUL, Tender.Status.COMPLETE}
        earlier = earlier.previous
    return count


def rulebook_of(tender: Tender) -> RulebookVersion:
    """Return the version that a published order is bound to."""
    assert tender.rulebook is not None  # noqa: S101 - a constraint: published orders have one
    return tender.rulebook


@asked_once
def rules_for(tender: Tender, at: datetime) -> Rules:
    """Return the rules of the version that `tender` is bound to, else those in force at `at`."""
    if tender.rulebook is not None:
        return bound_rules(tender.rulebook)
    return typed(rules_in_force(tender.division, day_of(at)).values())


def bound_rules(rulebook: RulebookVersion) -> Rules:
    """
    Return the rules of a fixed version, and the default of each key that came later.

    An order is published only under rules that have every key asked for then, so a key that its
    version lacks came later. What is in force now has no such defaults.
    """
    bound = values_of(rulebook)
    return bound.changed({**later_values(), **bound.values})


@cache
def later_values() -> Mapping[str, Any]:
    """Return what holds for orders whose version is older than the key, from `LATER`."""
    with LATER.open(encoding="utf-8", newline="") as file:
        return {
            row["key"]: declaration_of(row["key"]).kind.read(read_value(row["value"]), row["unit"])
            for row in csv.DictReader(file)
        }
