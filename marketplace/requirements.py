"""
Who may do the work of an item: a tree of what an agency must have, and its answer. Pure.

Kept with the item as JSON. A leaf is `{"kind": "certificate", "service_class": "C25", …}`; the
other kinds are filing, commitment, practitioners and nothing. `{"any_of": […]}` and
`{"all_of": […]}` join them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any, ClassVar

from marketplace.kernel.laws import Kind, Library, NotASource, parse

COMPREHENSIVE = "comprehensive"
# From the highest down. 甲级 and 一级 are of two scales and cannot be compared.
LADDERS = (
    (COMPREHENSIVE, "first", "second", "third", "fourth"),
    (COMPREHENSIVE, "grade_one", "grade_two", "grade_three"),
)
LEVELS = frozenset(level for ladder in LADDERS for level in ladder)
MAX_DEPTH = 4


class NotARequirement(ValueError):
    """A value is not a requirement; the message is a code."""


class Shortfall(StrEnum):
    """What is wrong with what somebody has."""

    MISSING = "missing"
    LEVEL = "level"
    DISCIPLINE = "discipline"
    APART = "apart"
    COUNT = "count"


@dataclass(frozen=True)
class Paper:
    """Something valid that an agency has in a class; `kind` is the leaf that asks for such."""

    kind: str
    service_class: str
    discipline: str = ""
    level: str = ""


@dataclass(frozen=True)
class Holdings:
    """
    All that an agency has on one day; `people` counts them by profession.

    `of_head` is what its head office has, for the leaves that let that do.
    """

    papers: frozenset[Paper] = frozenset()
    people: Mapping[str, int] = field(default_factory=dict)
    of_head: frozenset[Paper] = frozenset()

    def of_class(
        self, service_class: str, kind: str = "", *, head_too: bool = False
    ) -> list[Paper]:
        """Return what is held in a class, of one kind or of any."""
        held = self.papers | self.of_head if head_too else self.papers
        found = [paper for paper in held if paper.service_class == service_class]
        return [paper for paper in found if kind in {"", paper.kind}]


NO_SHORTFALL: frozenset[Shortfall] = frozenset()


@dataclass(frozen=True)
class Certificate:
    """
    A certificate that a law asks for.

    `higher_too` lets a higher level do, `comprehensive_too` the comprehensive one, which is for
    every discipline and level. Without a level or a discipline any will do. `head_office_too` lets
    that of a branch's head office do.
    """

    kind: ClassVar[str] = "certificate"
    service_class: str
    basis: str
    discipline: str = ""
    level: str = ""
    higher_too: bool = True
    comprehensive_too: bool = True
    head_office_too: bool = False

    def shortfalls(self, held: Holdings) -> frozenset[Shortfall]:
        """Return what is wrong with what is held; discipline and level must be of one paper."""
        papers = held.of_class(self.service_class, self.kind, head_too=self.head_office_too)
        fits = [(self._has_level(paper), self._has_discipline(paper)) for paper in papers]
        if not papers:
            return frozenset({Shortfall.MISSING})
        if (True, True) in fits:
            return NO_SHORTFALL
        found = {
            shortfall
            for place, shortfall in enumerate((Shortfall.LEVEL, Shortfall.DISCIPLINE))
            if not any(fit[place] for fit in fits)
        }
        return frozenset(found or {Shortfall.APART})

    def _is_comprehensive(self, paper: Paper) -> bool:
        return self.comprehensive_too and paper.level == COMPREHENSIVE

    def _has_level(self, paper: Paper) -> bool:
        if self.level in {"", paper.level} or self._is_comprehensive(paper):
            return True
        return self.higher_too and is_higher(paper.level, self.level)

    def _has_discipline(self, paper: Paper) -> bool:
        return self.discipline in {"", paper.discipline} or self._is_comprehensive(paper)


@dataclass(frozen=True)
class Filing:
    """A filing with the department that keeps the list; that of a head office, where it may do."""

    kind: ClassVar[str] = "filing"
    service_class: str
    basis: str = ""
    head_office_too: bool = False

    def shortfalls(self, held: Holdings) -> frozenset[Shortfall]:
        """Return MISSING without a filing in the class."""
        found = held.of_class(self.service_class, self.kind, head_too=self.head_office_too)
        return NO_SHORTFALL if found else frozenset({Shortfall.MISSING})


@dataclass(frozen=True)
class Commitment:
    """The agency's word that it works in the class; any paper of the class says so too."""

    kind: ClassVar[str] = "commitment"
    service_class: str
    basis: str = ""

    def shortfalls(self, held: Holdings) -> frozenset[Shortfall]:
        """Return MISSING with nothing in the class."""
        found = held.of_class(self.service_class)
        return NO_SHORTFALL if found else frozenset({Shortfall.MISSING})


@dataclass(frozen=True)
class Practitioners:
    """So many people of one profession, registered with the agency."""

    kind: ClassVar[str] = "practitioners"
    profession: str
    count: int = 1
    basis: str = ""

    def shortfalls(self, held: Holdings) -> frozenset[Shortfall]:
        """Return MISSING with nobody, COUNT with too few."""
        found = held.people.get(self.profession, 0)
        if found >= self.count:
            return NO_SHORTFALL
        return frozenset({Shortfall.COUNT if found else Shortfall.MISSING})


@dataclass(frozen=True)
class Nothing:
    """Nothing but to be admitted."""

    kind: ClassVar[str] = "nothing"
    basis: str = ""

    def shortfalls(self, held: Holdings) -> frozenset[Shortfall]:  # noqa: ARG002 - as every leaf
        """Return none, ever."""
        return NO_SHORTFALL


@dataclass(frozen=True)
class AnyOf:
    """One of its parts is enough."""

    kind: ClassVar[str] = "any_of"
    parts: tuple[Requirement, ...]


@dataclass(frozen=True)
class AllOf:
    """All of its parts are needed."""

    kind: ClassVar[str] = "all_of"
    parts: tuple[Requirement, ...]


Leaf = Certificate | Filing | Commitment | Practitioners | Nothing
Requirement = Leaf | AnyOf | AllOf
LEAVES: tuple[type[Leaf], ...] = (Certificate, Filing, Commitment, Practitioners, Nothing)
NODES: tuple[type[AnyOf | AllOf], ...] = (AnyOf, AllOf)


@dataclass(frozen=True)
class Lack:
    """A leaf that does not hold, and what is wrong with what is held."""

    leaf: Leaf
    shortfalls: frozenset[Shortfall]


@dataclass(frozen=True)
class Answer:
    """A requirement asked of one agency; a leaf has no parts, a node no shortfalls."""

    requirement: Requirement
    holds: bool
    shortfalls: frozenset[Shortfall] = NO_SHORTFALL
    parts: tuple[Answer, ...] = ()

    def lacking(self) -> Iterator[Lack]:
        """Yield the leaves that stand in the way; of an any-of each that would do."""
        if self.holds:
            return
        if not isinstance(self.requirement, AnyOf | AllOf):
            yield Lack(self.requirement, self.shortfalls)
        for part in self.parts:
            yield from part.lacking()


def is_higher(level: str, than: str) -> bool:
    """Tell whether `level` stands above `than` on one scale."""
    return any(
        ladder.index(level) < ladder.index(than)
        for ladder in LADDERS
        if level in ladder and than in ladder
    )


def ask(requirement: Requirement, held: Holdings) -> Answer:
    """Answer a requirement for what an agency holds, with the answer of every part."""
    if isinstance(requirement, AnyOf | AllOf):
        parts = tuple(ask(part, held) for part in requirement.parts)
        joined = any if isinstance(requirement, AnyOf) else all
        return Answer(requirement, joined(part.holds for part in parts), parts=parts)
    shortfalls = requirement.shortfalls(held)
    return Answer(requirement, not shortfalls, shortfalls)


def leaves_of(requirement: Requirement) -> Iterator[Leaf]:
    """Yield the leaves from left to right."""
    if isinstance(requirement, AnyOf | AllOf):
        for part in requirement.parts:
            yield from leaves_of(part)
    else:
        yield requirement


def classes_of(requirement: Requirement) -> frozenset[str]:
    """Return the codes of the classes that the leaves name."""
    return frozenset(
        leaf.service_class
        for leaf in leaves_of(requirement)
        if isinstance(leaf, Certificate | Filing | Commitment)
    )


def professions_of(requirement: Requirement) -> frozenset[str]:
    """Return the professions whose people the leaves count."""
    leaves = leaves_of(requirement)
    return frozenset(leaf.profession for leaf in leaves if isinstance(leaf, Practitioners))


def asks_for_people(requirement: Requirement) -> bool:
    """Tell whether people are counted."""
    return any(isinstance(leaf, Practitioners) for leaf in leaves_of(requirement))


def asks_for_head_office(requirement: Requirement) -> bool:
    """Tell whether what the head office of a branch has may do."""
    leaves = leaves_of(requirement)
    return any(isinstance(leaf, Certificate | Filing) and leaf.head_office_too for leaf in leaves)


# --- As it is kept --------------------------------------------------------------------------------
def read(value: object, depth: int = MAX_DEPTH) -> Requirement:
    """
    Return the requirement that is kept as `value`.

    Raises:
        NotARequirement: a key, kind, level or count that there is not, or more levels than a
            reader follows.
    """
    if not isinstance(value, Mapping) or depth == 0:
        raise NotARequirement("not_a_requirement" if depth else "too_deep")
    for node in NODES:
        if set(value) == {node.kind}:
            return node(_parts(value[node.kind], depth - 1))
    for leaf in LEAVES:
        if value.get("kind") == leaf.kind:
            return _leaf(leaf, {name: given for name, given in value.items() if name != "kind"})
    raise NotARequirement("unknown_kind")


def _parts(values: object, depth: int) -> tuple[Requirement, ...]:
    if not isinstance(values, list | tuple) or not values:
        raise NotARequirement("no_parts")
    return tuple(read(value, depth) for value in values)


def _leaf(leaf: type[Leaf], given: dict[str, Any]) -> Leaf:
    types = {one.name: one.type for one in fields(leaf)}
    if any(name not in types or type(one).__name__ != types[name] for name, one in given.items()):
        raise NotARequirement("unknown_key")
    try:
        found = leaf(**given)
    except TypeError:
        raise NotARequirement("key_missing") from None
    if isinstance(found, Certificate) and found.level and found.level not in LEVELS:
        raise NotARequirement("unknown_level")
    if isinstance(found, Practitioners) and found.count < 1:
        raise NotARequirement("count")
    return found


def written(requirement: Requirement) -> dict[str, Any]:
    """Return a requirement as it is kept; `read` of it is the same."""
    if isinstance(requirement, AnyOf | AllOf):
        return {requirement.kind: [written(part) for part in requirement.parts]}
    return {"kind": requirement.kind, **asdict(requirement)}


# --- May it be asked ------------------------------------------------------------------------------
def problems_in(
    requirement: Requirement, classes: Iterable[str], library: Library
) -> Iterator[tuple[str, Leaf]]:
    """
    Yield what keeps a requirement from being published, as a code with the leaf.

    A certificate that no law asks for cannot be asked for: its leaf has a basis of its own.
    """
    known = frozenset(classes)
    for leaf in leaves_of(requirement):
        if not known.issuperset(classes_of(leaf)):
            yield "unknown_class", leaf
        elif problem := library.problem_in(leaf.basis):
            yield problem, leaf
        elif isinstance(leaf, Certificate) and not _is_law(leaf.basis, library):
            yield "certificate_without_law", leaf


def _is_law(basis: str, library: Library) -> bool:
    try:
        sources = parse(basis)
    except NotASource:
        return False
    named = [source for source in sources if source.kind == Kind.LAW]
    return bool(named) and library.grounds_an_item(sources)
