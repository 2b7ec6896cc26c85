"""Rows of a page that says how many they are; its template counts nothing."""

from __future__ import annotations

from typing import TypeVar

Row = TypeVar("Row")


class Listed(tuple[Row, ...]):
    """The rows of one part of a page."""

    __slots__ = ()

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self)
