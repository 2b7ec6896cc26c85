"""The rule values that an order obeys: fixed from its publication on, before it those in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bidding.models import Tender
from bidding.rules import Rules
from marketplace.calendar import day_of
from marketplace.parameters import rules_in_force, values_of


def values_for(tender: Tender, at: datetime) -> Mapping[str, Any]:
    """Return the values of the version that `tender` is bound to, else those in force at `at`."""
    if tender.rulebook is not None:
        return values_of(tender.rulebook)
    rules = rules_in_force(tender.division, day_of(at))
    return {key: rule.value for key, rule in rules.items()}


def rules_for(tender: Tender, at: datetime) -> Rules:
    """Return the numbers that bind `tender` at `at`."""
    return Rules.from_values(values_for(tender, at))
