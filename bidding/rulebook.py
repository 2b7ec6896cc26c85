"""The rule values that an order obeys: fixed from its publication on, before it those in force."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from bidding.models import Tender
from bidding.rules import Rules
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import RulebookVersion
from marketplace.kernel.rules import rules_in_force, values_of

LATER = Path(__file__).parent / "data" / "later_rules.csv"


def values_for(tender: Tender, at: datetime) -> Mapping[str, Any]:
    """Return the values of the version that `tender` is bound to, else those in force at `at`."""
    if tender.rulebook is not None:
        return bound_values(tender.rulebook)
    rules = rules_in_force(tender.division, day_of(at))
    return {key: rule.value for key, rule in rules.items()}


def bound_values(rulebook: RulebookVersion) -> Mapping[str, Any]:
    """
    Return the values of a fixed version, and the default of each key that came later.

    An order is published only under rules that have every key asked for then, so a key that its
    version lacks came later. What is in force now has no such defaults.
    """
    return {**later_values(), **values_of(rulebook)}


@cache
def later_values() -> Mapping[str, Any]:
    """Return what holds for orders whose version is older than the key, from `LATER`."""
    with LATER.open(encoding="utf-8", newline="") as file:
        return {row["key"]: json.loads(row["value"]) for row in csv.DictReader(file)}


def rules_for(tender: Tender, at: datetime) -> Rules:
    """Return the numbers that bind `tender` at `at`."""
    return Rules.from_values(values_for(tender, at))
