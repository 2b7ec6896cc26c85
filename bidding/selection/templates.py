"""The weights of a scored order as its owner writes them, and as they are fixed. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bidding.selection.scoring import NotATemplate, Template

LINE = re.compile(r"(?P<name>\S.*?)[\s:：]+(?P<weight>[0-9]{1,3})\s*[%％]?")
"""A name and behind it a whole percent."""
NAMED_EXPERTS = "named_experts"
"""Under what name an order's own parameters hold whom its owner asks not to be drawn."""
PERSON = re.compile(r"(?P<name>\S+)\s+(?P<employer>\S+)\s+(?P<reason>\S.*)")
"""A person, where they work, and why they are named."""


def read_template(parameters: Mapping[str, Any]) -> Template | None:
    """Return the template in an order's own parameters; None where they are none."""
    lines = [line.strip() for line in str(parameters.get("criteria", "")).splitlines()]
    found = [LINE.fullmatch(line) for line in lines if line]
    price = str(parameters.get("price_weight", ""))
    if not price.isdecimal():
        return None
    criteria = tuple((one["name"], int(one["weight"])) for one in found if one)
    record = str(parameters.get("record_weight", "")) or "0"
    if not record.isdecimal():
        return None
    template = Template(price=int(price), record=int(record), criteria=criteria)
    try:
        template.check()
    except NotATemplate:
        return None
    return template if all(found) else None


@dataclass(frozen=True)
class NamedExpert:
    """A person whom an owner asks not to be drawn, and why."""

    name: str
    employer: str
    reason: str


def read_named(parameters: Mapping[str, Any]) -> tuple[NamedExpert, ...] | None:
    """Return who is named as to be avoided; None where a line says no reason, or no employer."""
    lines = [line.strip() for line in str(parameters.get(NAMED_EXPERTS, "")).splitlines()]
    found = [PERSON.fullmatch(line) for line in lines if line]
    named = tuple(NamedExpert(one["name"], one["employer"], one["reason"]) for one in found if one)
    return named if all(found) else None
