"""A credit scheme as a value: what is counted, how long, and what follows. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from credit.periods import months_later
from marketplace.kernel.calendar import CHINA, day_of


class Subject(StrEnum):
    """Who a scheme keeps a record of."""

    ORGANIZATION = "organization"
    PERSON = "person"


class Cycle(StrEnum):
    """After what time a score begins anew."""

    NONE = "none"
    CALENDAR_YEAR = "calendar_year"
    FROM_FIRST = "from_first"
    """A year from the day of the first entry, and every year after it."""


class Worse(StrEnum):
    """Which way the score of bad conduct goes."""

    LOWER = "lower"
    HIGHER = "higher"


class Follows(StrEnum):
    """What follows when a threshold is crossed; neither restricts anybody by itself."""

    WARNING = "warning"
    CASE = "case"


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """
    So many facts of the kinds `of` within `months` are a fact of their own.

    With `after` only those count that came after a fact of that kind, and without one none do.
    """

    of: tuple[str, ...]
    times: int
    months: int
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """
    A kind of conduct: `points` are added to the score for each fact.

    `counts_months` and `public_months` say how long a fact counts and how long everybody may read
    of it (None: without end). `limit` bounds what all facts of the kind together may add or take.
    `grade` is given directly for as long as the fact counts. `measures`, `months` and `bases` bound
    what a case about it may impose, for how long, and on what law (empty: what its class allows).
    """

    code: str
    name: str
    severity: str
    points: Decimal
    basis: str
    subjects: tuple[Subject, ...] = (Subject.ORGANIZATION,)
    needs_decision: bool = False
    counts_months: int | None = None
    public_months: int | None = None
    limit: Decimal | None = None
    grade: str = ""
    repeat: Repeat | None = None
    measures: tuple[str, ...] = ()
    months: tuple[int, int] | None = None
    bases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """A score at which (inclusive) something follows; for a case, what it proposes to impose."""

    code: str
    points: Decimal
    follows: Follows
    basis: str
    severity: str = ""
    measure: str = ""
    months: int = 0


@dataclass(frozen=True)
class Grade:
    """A grade and the score from which (inclusive) on it is given, until the next one begins."""

    letter: str
    begins: Decimal


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Keep `grade` from who had one of `seen` in at least `years` of the last `of` years."""

    grade: str
    seen: tuple[str, ...]
    years: int
    of: int


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """One version of a scheme; `grades` go from the best to the worst."""

    code: str
    version: int
    name: str
    scope: str
    legal_basis: str
    valid_from: date
    base: Decimal
    kinds: tuple[Kind, ...]
    grades: tuple[Grade, ...]
    worse: Worse = Worse.LOWER
    subjects: tuple[Subject, ...] = (Subject.ORGANIZATION,)
    cycle: Cycle = Cycle.NONE
    thresholds: tuple[Threshold, ...] = ()
    bars: tuple[Bar, ...] = ()

    @cached_property
    def by_code(self) -> Mapping[str, Kind]:
        """The kinds of conduct by their codes."""
        return {kind.code: kind for kind in self.kinds}

    def has_reached(self, score: Decimal, threshold: Threshold) -> bool:
        """Tell whether `score` is as bad as `threshold` or worse."""
        if self.worse is Worse.LOWER:
            return score <= threshold.points
        return score >= threshold.points

    def warns_at(self, score: Decimal) -> bool:
        """Tell whether `score` has reached a threshold at which the scheme warns."""
        warnings = (one for one in self.thresholds if one.follows is Follows.WARNING)
        return any(self.has_reached(score, one) for one in warnings)

    def grade_of(self, score: Decimal) -> str:
        """
        Return the grade that `score` reaches; an empty one where the scheme has none.

        Raises:
            NoGrade: it reaches none.
        """
        reached = [grade.letter for grade in self.grades if score >= grade.begins]
        if self.grades and not reached:
            raise NoGrade(score)
        if not reached:
            return ""
        return reached[0] if self.worse is Worse.LOWER else reached[-1]

    def place(self, letter: str) -> int:
        """Return the place of a grade, 0 for the best."""
        return [grade.letter for grade in self.grades].index(letter)

    def cycle_at(self, first: datetime, at: datetime) -> datetime | None:
        """
        Return when the cycle began in which `at` lies; `first` is when the first fact happened.

        None where all time is one cycle.
        """
        if self.cycle is Cycle.NONE:
            return None
        day = day_of(at)
        if self.cycle is Cycle.CALENDAR_YEAR:
            return _begin(date(day.year, 1, 1))
        anchor = day_of(first)
        years = day.year - anchor.year
        if months_later(anchor, 12 * years) > day:
            years -= 1
        return _begin(months_later(anchor, 12 * years))


class NoGrade(LookupError):
    """No grade begins at the score or before it."""


def until(occurred_at: datetime, months: int | None) -> datetime | None:
    """
    Return the instant (exclusive) until which a fact of `months` counts or is public.

    The same day of the month as it begins, so that a year from 1 February ends with 31 January.

    Source: 平台默认
    """
    return None if months is None else _begin(months_later(day_of(occurred_at), months))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=CHINA)
