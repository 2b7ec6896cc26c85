"""
Who stands behind whom: control, holdings and management as questions to a graph. Pure.

A unit is *controlled* by whoever, alone or together with what they control, holds more of it than
the threshold, has founded it or runs it. Control passes on, through cycles too, for as many steps
as the limits say; a share never adds up beyond the holders that are counted once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import TypeVar

Key = TypeVar("Key")

REPRESENTS, HOLDS, MANAGES = "represents", "holds", "manages"
FOUNDED, RUNS = "founded", "runs"
COMMANDS = frozenset({FOUNDED, RUNS})

SAME_HEAD = "same_head"
SAME_CONTROLLER = "same_controller"
HOLDING = "holding"
MANAGEMENT = "management"


@dataclass(frozen=True)
class Edge:
    """`holder` owns, runs or represents `held`; `share` is in per cent, of a holding alone."""

    holder: str
    held: str
    kind: str
    share: Decimal = Decimal(0)


@dataclass(frozen=True)
class Limits:
    """From which share on (exclusive, in per cent) a holder controls, and how many steps count."""

    control: Decimal
    depth: int


@dataclass(frozen=True)
class Bond:
    """How two units belong together, and through whom."""

    kind: str
    through: str


def controlled_by(edges: Collection[Edge], root: str, limits: Limits) -> frozenset[str]:
    """
    Return what `root` controls, itself not counted.

    Each step adds the shares of `root` and of all that it controls by then.
    """
    found = {root}
    for _step in range(limits.depth):
        grown = found | _commanded(edges, found, limits)
        if grown == found:
            break
        found = grown
    return frozenset(found - {root})


def _commanded(edges: Iterable[Edge], by: Collection[str], limits: Limits) -> set[str]:
    shares: dict[str, Decimal] = defaultdict(Decimal)
    commanded: set[str] = set()
    for edge in edges:
        if edge.holder not in by:
            continue
        if edge.kind in COMMANDS:
            commanded.add(edge.held)
        elif edge.kind == HOLDS:
            shares[edge.held] += edge.share
    return commanded | {held for held, total in shares.items() if total > limits.control}


def controllers_of(edges: Collection[Edge], unit: str, limits: Limits) -> frozenset[str]:
    """Return everybody who controls `unit`, directly or through others."""
    above = _above(edges, unit, limits.depth)
    return frozenset(one for one in above if unit in controlled_by(edges, one, limits))


def _above(edges: Iterable[Edge], unit: str, depth: int) -> set[str]:
    """Return whoever holds, founded or runs a unit, or somebody who does."""
    holders: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.kind in COMMANDS or edge.kind == HOLDS:
            holders[edge.held].add(edge.holder)
    found: set[str] = set()
    frontier = {unit}
    for _step in range(depth):
        frontier = {one for held in frontier for one in holders[held]} - found - {unit}
        if not frontier:
            break
        found |= frontier
    return found


def heads_of(edges: Iterable[Edge], unit: str) -> frozenset[str]:
    """Return the people who represent `unit`; empty where the graph knows none."""
    return frozenset(edge.holder for edge in edges if edge.held == unit and edge.kind == REPRESENTS)


def same_controller(
    edges: Collection[Edge], one: str, other: str, limits: Limits
) -> frozenset[str]:
    """Return who controls both units; neither of them counts for the other."""
    shared = controllers_of(edges, one, limits) & controllers_of(edges, other, limits)
    return shared - {one, other}


def holding_or_management_tie(
    edges: Collection[Edge], one: str, other: str, limits: Limits
) -> str | None:
    """Return whether one of two units controls (`HOLDING`) or manages (`MANAGEMENT`) the other."""
    if other in controlled_by(edges, one, limits) or one in controlled_by(edges, other, limits):
        return HOLDING
    if any(edge.kind == MANAGES and {edge.holder, edge.held} == {one, other} for edge in edges):
        return MANAGEMENT
    return None


def bond_between(edges: Collection[Edge], one: str, other: str, limits: Limits) -> Bond | None:
    """Return how two units belong together, the plainest reason first, or None."""
    return bonds_among(edges, {0: one, 1: other}, limits).get((0, 1))


def bonds_among(
    edges: Collection[Edge], units: Mapping[Key, str], limits: Limits
) -> dict[tuple[Key, Key], Bond]:
    """Return how those of `units` belong together that do, each pair once."""
    if not edges:
        return {}
    known = {key: _standing(edges, unit, limits) for key, unit in units.items()}
    found = {(one, other): _bond(known[one], known[other]) for one, other in combinations(units, 2)}
    return {pair: bond for pair, bond in found.items() if bond is not None}


@dataclass(frozen=True)
class _Standing:
    """What is asked of a unit once, however many it is compared with."""

    unit: str
    heads: frozenset[str]
    controllers: frozenset[str]
    managers: frozenset[str]


def _standing(edges: Collection[Edge], unit: str, limits: Limits) -> _Standing:
    managers = (edge.holder for edge in edges if edge.held == unit and edge.kind == MANAGES)
    return _Standing(
        unit, heads_of(edges, unit), controllers_of(edges, unit, limits), frozenset(managers)
    )


def _bond(one: _Standing, other: _Standing) -> Bond | None:
    if one.unit == other.unit:
        return None
    if heads := one.heads & other.heads:
        return Bond(SAME_HEAD, min(heads))
    if one.unit in other.controllers or other.unit in one.controllers:
        return Bond(HOLDING, "")
    if one.unit in other.managers or other.unit in one.managers:
        return Bond(MANAGEMENT, "")
    if shared := (one.controllers & other.controllers) - {one.unit, other.unit}:
        return Bond(SAME_CONTROLLER, min(shared))
    return None


def behind(edges: Collection[Edge], unit: str, limits: Limits) -> frozenset[str]:
    """
    Return whoever founded `unit`, runs, manages or partly holds it, and who controls these.

    It is asked for departments: of a unit that an institution of one holds a small part of, too.
    """
    near = {edge.holder for edge in edges if edge.held == unit and edge.kind != REPRESENTS}
    further = (controllers_of(edges, one, limits) for one in near)
    return frozenset(near.union(*further) - {unit})
