"""Points and grades from facts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

LOWEST = Decimal(0)


class NoGrade(LookupError):
    """No threshold is as low as the score."""


class AmbiguousGrades(ValueError):
    """Two grades begin at the same score."""


@dataclass(frozen=True)
class Event:
    """
    One fact about conduct: `points` are added, so a breach has negative ones.

    A corrected event counts for nothing; the event that corrects it counts in its place.
    """

    kind: str
    points: Decimal
    occurred_at: datetime
    is_corrected: bool = False


def score(base: Decimal, events: Iterable[Event], at: datetime) -> Decimal:
    """
    Return the score at `at`: the base and the points of all that had occurred by then (inclusive).

    Points never expire. The sum is not let below 0, once and at the end, so that the order of
    events does not matter; there is no upper limit, what good conduct may add is up to the points.

    Source: 平台默认（规则手册 credit.base、credit.points）
    """
    counted = (
        event.points for event in events if event.occurred_at <= at and not event.is_corrected
    )
    return max(LOWEST, sum(counted, start=base))


def grade(score: Decimal, thresholds: Mapping[str, Decimal]) -> str:
    """
    Return the grade with the highest threshold that `score` reaches (inclusive).

    Raises:
        NoGrade: the score reaches none.
        AmbiguousGrades: two grades have one threshold.

    Source: 平台默认（规则手册 credit.grade）
    """
    if len(set(thresholds.values())) != len(thresholds):
        raise AmbiguousGrades(dict(thresholds))
    reached = {letter: least for letter, least in thresholds.items() if score >= least}
    if not reached:
        raise NoGrade(score)
    return max(reached, key=lambda letter: reached[letter])
