"""Who stands behind the parties, as far as the registries say: the edges around them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from marketplace.kernel.calendar import day_of
from marketplace.kernel.declarations import Rules
from marketplace.kernel.rules import rules_in_force, typed
from marketplace.kernel.statements import statement
from marketplace.models import Division, Organization, OwnershipTie
from marketplace.ownership import Bond, Edge, Limits, behind, bond_between
from marketplace.rules import CONTROL_DEPTH, CONTROL_SHARE

UNIT, PERSON = "org:", "person:"


@dataclass(frozen=True)
class Department:
    """An administrative department, by its name in the catalogue and the prefix of its area."""

    name: str
    area: str

    def decides_in(self, place: Division) -> bool:
        """Tell whether it decides in `place`, or a department below or above it does there."""
        return place.code.startswith(self.area) or self.area.startswith(place.prefix)


@dataclass(frozen=True)
class Ties:
    """What is known around some units: the edges, and which of the holders are departments."""

    edges: tuple[Edge, ...] = ()
    departments: tuple[tuple[str, Department], ...] = ()

    def departments_behind(self, unit: str, limits: Limits) -> list[Department]:
        """Return the departments that founded `unit`, hold or run it, directly or not."""
        if not self.departments:
            return []
        found = behind(self.edges, unit, limits)
        return list(dict.fromkeys(one for key, one in self.departments if key in found))


def key_of(organization: Organization) -> str:
    """Return the key of a party in the graph: its credit code, or the person that it is."""
    if organization.identity_key is not None:
        return f"{PERSON}{organization.identity_key}"
    return f"{UNIT}{organization.uscc}"


def limits_of(rules: Rules) -> Limits:
    """Return from which share on a holder controls, and how far up is looked."""
    return Limits(control=Decimal(rules[CONTROL_SHARE]), depth=rules[CONTROL_DEPTH])


def limits_at(division: Division, at: datetime) -> Limits:
    """Return the same by the rules in force in `division` at `at`."""
    return limits_of(typed(rules_in_force(division, day_of(at)).values()))


def ties_around(units: Iterable[str], depth: int) -> Ties:
    """
    Return the edges into `units` and into whoever stands behind them, `depth` steps up.

    One statement where nothing is known of them, and one more for each step that finds somebody.
    """
    asked: set[str] = set()
    frontier = set(units)
    rows: list[Any] = []
    for _step in range(depth + 1):
        frontier -= asked
        if not frontier:
            break
        asked |= frontier
        found = _into(held=sorted(frontier))
        rows += found
        frontier = {row[0] for row in found}
    edges = (Edge(row[0], row[1], row[2], row[3] or Decimal(0)) for row in rows)
    departments = {
        holder: Department(department, _prefix(area))
        for holder, *_, department, area in rows
        if department
    }
    return Ties(tuple(edges), tuple(departments.items()))


def _prefix(code: str) -> str:
    return code.rstrip("0").ljust(2, "0") if code.endswith("0000") else code.removesuffix("00")


@statement
def _into(*, held: Sequence[str]) -> QuerySet[OwnershipTie, Any]:
    ties = OwnershipTie.objects.filter(held_key__in=held).order_by()
    return ties.values_list("holder_key", "held_key", "kind", "share", "department", "division")


def keys_below_departments(depth: int) -> frozenset[str]:
    """Return the keys of the units into which a way leads from a department, `depth` steps down."""
    frontier = set(OwnershipTie.objects.exclude(department="").values_list("held_key", flat=True))
    found: set[str] = set()
    for _step in range(depth):
        if not frontier:
            break
        found |= frontier
        below = OwnershipTie.objects.filter(holder_key__in=frontier)
        frontier = set(below.values_list("held_key", flat=True)) - found
    return frozenset(found)


def bond_of(one: Organization, other: Organization, limits: Limits) -> Bond | None:
    """Return how two parties belong together, or None."""
    keys = key_of(one), key_of(other)
    return bond_between(ties_around(keys, limits.depth).edges, *keys, limits)


def keys_of(organizations: Collection[Organization]) -> dict[int, str]:
    """Return the keys of parties by their primary keys."""
    return {one.pk: key_of(one) for one in organizations}
