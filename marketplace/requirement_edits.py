"""
Change a requirement at one place, as its page does step by step. Pure.

A place is the way down to it: the positions of the parts, `()` for the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from marketplace.requirements import AllOf, AnyOf, Leaf, Nothing, Requirement

Place = tuple[int, ...]


class NoSuchPlace(ValueError):
    """A place names no part of the requirement."""


def places(tree: Requirement, at: Place = ()) -> Iterator[tuple[Place, Requirement]]:
    """Yield each part with its place, from the top down."""
    yield at, tree
    if isinstance(tree, AnyOf | AllOf):
        for position, part in enumerate(tree.parts):
            yield from places(part, (*at, position))


def written(place: Place) -> str:
    """Return a place as a form names it; the whole is an empty text."""
    return ".".join(str(position) for position in place)


def read_place(text: str) -> Place:
    """
    Return the place that a form names.

    Raises:
        NoSuchPlace: it is none.
    """
    parts = text.split(".") if text else []
    if not all(part.isascii() and part.isdecimal() for part in parts):
        raise NoSuchPlace(text)
    return tuple(int(part) for part in parts)


def with_leaf(tree: Requirement, place: Place, leaf: Leaf) -> Requirement:
    """
    Put `leaf` in at `place`: beside the parts of a node, in the place of nothing, or with what is
    there under "all of".

    Raises:
        NoSuchPlace: the requirement has no such part.
    """

    def put(part: Requirement) -> Requirement:
        if isinstance(part, AnyOf | AllOf):
            return replace(part, parts=(*part.parts, leaf))
        return leaf if isinstance(part, Nothing) else AllOf((part, leaf))

    return _changed(tree, place, put)


def joined_by(tree: Requirement, place: Place, kind: str) -> Requirement:
    """
    Let the parts at `place` be joined by `kind`, any_of or all_of; one leaf becomes its only part.

    Raises:
        NoSuchPlace: the requirement has no such part.
    """

    def joined(part: Requirement) -> Requirement:
        parts = part.parts if isinstance(part, AnyOf | AllOf) else (part,)
        return AnyOf(parts) if kind == AnyOf.kind else AllOf(parts)

    return _changed(tree, place, joined)


def replaced(tree: Requirement, place: Place, leaf: Leaf) -> Requirement:
    """
    Put `leaf` in the place of what is there.

    Raises:
        NoSuchPlace: the requirement has no such part.
    """
    return _changed(tree, place, lambda _part: leaf)


def without(tree: Requirement, place: Place) -> Requirement:
    """
    Take away what is at `place`; the whole, or a last part, leaves nothing behind.

    Raises:
        NoSuchPlace: the requirement has no such part.
    """
    if not place:
        return Nothing()
    *above, position = place

    def take(part: Requirement) -> Requirement:
        if not isinstance(part, AnyOf | AllOf) or position >= len(part.parts):
            raise NoSuchPlace(written(place))
        rest = part.parts[:position] + part.parts[position + 1 :]
        return replace(part, parts=rest) if rest else Nothing()

    return _changed(tree, tuple(above), take)


def _changed(
    tree: Requirement, place: Place, change: Callable[[Requirement], Requirement]
) -> Requirement:
    if not place:
        return change(tree)
    first, *rest = place
    if not isinstance(tree, AnyOf | AllOf) or first >= len(tree.parts):
        raise NoSuchPlace(written(place))
    parts = list(tree.parts)
    parts[first] = _changed(parts[first], tuple(rest), change)
    return replace(tree, parts=tuple(parts))
