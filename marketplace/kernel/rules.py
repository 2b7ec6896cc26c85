"""The rule values of one area on one day."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from marketplace.kernel.canonical import canonical_json, sha256_hex
from marketplace.kernel.models import Parameter, RulebookVersion

if TYPE_CHECKING:
    from marketplace.models import Division


@dataclass(frozen=True)
class Rule:
    """One value as the rulebook page shows it and as code reads it."""

    key: str
    value: Any
    unit: str
    label: str
    sentence: str
    legal_basis: str
    source_note: str
    in_force_from: str
    division: str


COLUMNS = [field.name for field in fields(Rule)]


def rules_in_force(division: Division, on: date) -> dict[str, Rule]:
    """
    Return every value in force in `division` on `on`, by key.

    The nearest area wins (county before city before province); within one area the latest date.
    """
    rows = (
        Parameter.objects.in_force(on)
        .filter(division_id__in=_areas_of(division))
        .order_by("key", "division_id", "in_force_from")
    )
    return {row["key"]: _rule(row) for row in rows.values(*COLUMNS)}


def values_by_division(
    keys: Collection[str], divisions: Iterable[Division], on: date
) -> dict[str, dict[str, Any]]:
    """Return, by the code of each division, the values of `keys` in force there; one query."""
    areas = {division.code: _areas_of(division) for division in divisions}
    rows = (
        Parameter.objects.in_force(on)
        .filter(key__in=keys, division_id__in={code for codes in areas.values() for code in codes})
        .order_by("division_id", "in_force_from")
    )
    found = list(rows.values_list("division_id", "key", "value"))
    return {
        code: {key: value for area, key, value in found if area in codes}
        for code, codes in areas.items()
    }


def _areas_of(division: Division) -> set[str]:
    """Return the codes of a division and of those that it lies in."""
    return {division.code, division.code[:4] + "00", division.code[:2] + "0000"}


def rulebook_bytes(division: Division, on: date) -> bytes:
    """Return every value in force in `division` on `on` in the one form that is hashed."""
    rules = [vars(rule) for _key, rule in sorted(rules_in_force(division, on).items())]
    return canonical_json({"division": division.code, "rules": rules})


def rulebook_digest(division: Division, on: date) -> str:
    """Return the SHA-256 of `rulebook_bytes`."""
    return sha256_hex(rulebook_bytes(division, on))


def values_of(rulebook: RulebookVersion) -> Mapping[str, Any]:
    """Return the plain values of a fixed version, by key."""
    return _values_in(rulebook.content)


def content_of(rulebook: RulebookVersion) -> dict[str, Any]:
    """Return the parsed content of a fixed version."""
    content: dict[str, Any] = json.loads(rulebook.content)
    return content


def rules_of(rulebook: RulebookVersion) -> list[Rule]:
    """Return the rules of a fixed version, however many columns a rule had when it was fixed."""
    rules = content_of(rulebook)["rules"]
    return [Rule(**{name: rule.get(name, "") for name in COLUMNS}) for rule in rules]


@lru_cache(maxsize=64)
def _values_in(content: str) -> Mapping[str, Any]:
    """Read a version's values once: its content never changes, and every page asks for them."""
    rules = json.loads(content)["rules"]
    return MappingProxyType({rule["key"]: rule["value"] for rule in rules})


def _rule(row: dict[str, Any]) -> Rule:
    return Rule(**{**row, "in_force_from": row["in_force_from"].isoformat()})
