"""Which quotes lie so far below the others that their cost is to be explained. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

WHOLE = 100


@dataclass(frozen=True)
class Shortfall:
    """
    How far a quote lies below others, in parts of a hundred, exact.

    `mean` counts from the mean of all valid quotes, its own among them; `following` from the next
    one upwards. Equal quotes follow each other, and nothing follows the dearest: both come to 0.
    """

    mean: Fraction
    following: Fraction

    def reaches(self, *, mean: Decimal, following: Decimal) -> bool:
        """Tell whether it reaches either of two shares, themselves included."""
        return self.mean >= Fraction(mean) or self.following >= Fraction(following)


def shortfalls(amounts: Mapping[str, Decimal]) -> Mapping[str, Shortfall]:
    """Return how far each of the valid quotes of an order lies below the others, by its name."""
    ranked = sorted(amounts, key=lambda name: amounts[name])
    if not ranked:
        return {}
    mean = sum(map(Fraction, amounts.values()), Fraction(0)) / len(ranked)
    following = [amounts[name] for name in [*ranked[1:], ranked[-1]]]
    equal = Counter(amounts.values())
    return {
        name: Shortfall(
            _below(mean, amounts[name]),
            _below(Fraction(after), amounts[name]) if equal[amounts[name]] == 1 else Fraction(0),
        )
        for name, after in zip(ranked, following, strict=True)
    }


def _below(other: Fraction, amount: Decimal) -> Fraction:
    """Return by how much of a hundred parts of `other` an amount is less; 0 if it is not."""
    if not other:
        return Fraction(0)
    return max(Fraction(0), (other - Fraction(amount)) / other * WHOLE)
