"""Choices that look like chance and are the same for the same seed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Chance:
    """
    A source of choices, each named by labels.

    A choice depends on the seed and its labels alone, so that a new line in the script changes
    nothing about the lines around it.
    """

    seed: str

    def number(self, below: int, *labels: object) -> int:
        """Return a number in [0, below)."""
        return int.from_bytes(self.digest(*labels)[:8], "big") % below

    def digest(self, *labels: object) -> bytes:
        """Return 32 bytes."""
        name = "\x1f".join([self.seed, *map(str, labels)])
        return sha256(name.encode()).digest()

    def between(self, first: int, last: int, *labels: object) -> int:
        """Return a number in [first, last]."""
        return first + self.number(last - first + 1, *labels)

    def happens(self, percent: int, *labels: object) -> bool:
        """Tell whether something that happens in `percent` of all cases happens in this one."""
        return self.number(100, *labels) < percent

    def one_of(self, things: Sequence[Thing], *labels: object) -> Thing:
        """Return one of `things`."""
        return things[self.number(len(things), *labels)]

    def shuffled(self, things: Sequence[Thing], *labels: object) -> list[Thing]:
        """Return `things` in an order of its own."""
        return sorted(things, key=lambda thing: self.number(2**63, *labels, thing))
