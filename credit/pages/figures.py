"""How scores and points are written."""

from __future__ import annotations

from decimal import Decimal

MINUS = "\N{MINUS SIGN}"


def score(value: Decimal) -> str:
    """Write a score without needless zeros: 100, 92.5."""
    text = f"{abs(value):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if value < 0 else text


def points(value: Decimal) -> str:
    """Write points with their sign: +1, -5, 0."""
    return f"+{score(value)}" if value > 0 else score(value)
