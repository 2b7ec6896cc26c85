"""What was won together: how many, for how much, and how far below the ceilings. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Sums:
    """How many there are, for how much, and of those with a ceiling both sums."""

    count: int = 0
    amount: Decimal = Decimal()
    compared: Decimal = Decimal()
    ceiling: Decimal = Decimal()

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.count + other.count,
            self.amount + other.amount,
            self.compared + other.compared,
            self.ceiling + other.ceiling,
        )

    @property
    def below_ceiling(self) -> Decimal | None:
        """By how many percent what was won lies below the ceilings; None where there are none."""
        return 100 * (1 - self.compared / self.ceiling) if self.ceiling else None
