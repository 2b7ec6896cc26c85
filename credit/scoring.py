"""How a scheme counts a record at any moment: points, grade, what counted and why. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from credit.periods import months_later
from credit.schemes import Cycle, Kind, Scheme, Threshold, Worse, until
from marketplace.kernel.calendar import CHINA, day_of

LOWEST = Decimal(0)
INSTANT = timedelta(microseconds=1)
YEAR = 12


@dataclass(frozen=True)
class Event:
    """
    One entry of a record: `points` are added to the score.

    It counts until `counts_until` (exclusive; None: without end), as was said when it was recorded.
    The one that it `corrects` counts for nothing from then on, when it was recorded.
    """

    key: int
    kind: str
    points: Decimal
    occurred_at: datetime
    recorded_at: datetime
    counts_until: datetime | None = None
    corrects: int | None = None

    @property
    def is_void(self) -> bool:
        """Tell whether it is there only to say that a fact falls."""
        return self.corrects is not None and self.points == 0


class Why(StrEnum):
    """Why an event counts as much as it does."""

    COUNTS = "counts"
    LIMITED = "limited"
    CORRECTED = "corrected"
    VOID = "void"
    OVER = "over"
    OTHER_CYCLE = "other_cycle"


class GradeBy(StrEnum):
    """What a grade rests on."""

    SCORE = "score"
    DIRECT = "kind"
    BAR = "bar"


@dataclass(frozen=True)
class Line:
    """What one event adds, and until when."""

    event: Event
    points: Decimal
    why: Why
    ends_at: datetime | None


@dataclass(frozen=True)
class Account:
    """The score of a record at a moment, with the arithmetic; the oldest event comes first."""

    base: Decimal
    score: Decimal
    grade: str
    grade_by: GradeBy
    lines: tuple[Line, ...]
    cycle_from: datetime | None


Schemes = Callable[[datetime], Scheme]


def account(
    events: Iterable[Event],
    scheme: Scheme,
    at: datetime,
    *,
    known_at: datetime | None = None,
    earlier: Schemes | None = None,
) -> Account:
    """
    Return how `events` count under `scheme` at `at`, as the record stood at `known_at`.

    `known_at` is `at` unless given: what anybody could know then. Both are inclusive. `earlier`
    gives the scheme of a past moment, for grades of earlier years; by default it is this one.

    The score is never below 0, in the end and not on the way, so that the order in which entries
    come does not matter.
    """
    known = _known(events, at, known_at or at)
    base = _by_points(known, scheme, at)
    letter, by = _direct(base, scheme)
    years = earlier or (lambda _moment: scheme)
    if by is GradeBy.SCORE:
        letter, by = _barred(letter, known, scheme, at, years)
    return replace(base, grade=letter, grade_by=by)


@dataclass(frozen=True)
class Step:
    """A score and a grade that were shown from `at` on, until the next step."""

    at: datetime
    score: Decimal
    grade: str


def steps(
    events: Iterable[Event], schemes: Schemes, since: datetime, until: datetime
) -> list[Step]:
    """Return how the score went from `since` to `until` (inclusive), as it was shown then."""
    recorded, found, at = list(events), list[Step](), since
    told = sorted(max(event.occurred_at, event.recorded_at) for event in recorded)
    while at <= until:
        here = account(recorded, schemes(at), at, earlier=schemes)
        if not found or (found[-1].score, found[-1].grade) != (here.score, here.grade):
            found.append(Step(at, here.score, here.grade))
        ends = (line.ends_at for line in here.lines if line.ends_at is not None)
        new_year = datetime(day_of(at).year + 1, 1, 1, tzinfo=CHINA)
        at = min(moment for moment in (*told, *ends, new_year) if moment > at)
    return found


def crossed(before: Account, after: Account, scheme: Scheme) -> list[Threshold]:
    """Return the thresholds that `after` reaches and `before` did not, the gravest last."""
    found = [
        threshold
        for threshold in scheme.thresholds
        if scheme.has_reached(after.score, threshold)
        and not scheme.has_reached(before.score, threshold)
    ]
    return sorted(found, key=lambda one: one.points, reverse=scheme.worse is Worse.LOWER)


def repeated(events: Iterable[Event], scheme: Scheme, at: datetime) -> list[Kind]:
    """
    Return the kinds of conduct that consist in the repetition of others and are complete at `at`.

    What an earlier fact of the kind has counted is not counted again.
    """
    standing = [line.event for line in _sorted_out(_known(events, at, at)) if _stands(line)]
    return [kind for kind in scheme.kinds if kind.repeat and _is_complete(kind, standing, at)]


def _is_complete(kind: Kind, standing: Collection[Event], at: datetime) -> bool:
    repeat = kind.repeat
    assert repeat is not None  # noqa: S101 - asked by the caller
    since = [event.occurred_at for event in standing if event.kind == kind.code]
    if repeat.after:
        earlier = [event.occurred_at for event in standing if event.kind == repeat.after]
        if not earlier:
            return False
        since.append(max(earlier))
    counted = [
        event
        for event in standing
        if event.kind in repeat.of
        and day_of(at) <= months_later(day_of(event.occurred_at), repeat.months)
        and all(event.occurred_at > moment for moment in since)
    ]
    return len(counted) >= repeat.times


def _stands(line: Line) -> bool:
    return line.why not in {Why.CORRECTED, Why.VOID}


def _known(events: Iterable[Event], at: datetime, known_at: datetime) -> list[Event]:
    """Return what had happened by `at` and was recorded by `known_at`, in one order."""
    known = (one for one in events if one.occurred_at <= at and one.recorded_at <= known_at)
    return sorted(known, key=lambda event: (event.occurred_at, event.key))


def _sorted_out(known: Collection[Event]) -> Iterator[Line]:
    """Yield each event with its points, or with none where it is corrected or void."""
    corrected = {event.corrects for event in known}
    for event in known:
        if event.key in corrected:
            yield Line(event, LOWEST, Why.CORRECTED, None)
        elif event.is_void:
            yield Line(event, LOWEST, Why.VOID, None)
        else:
            yield Line(event, event.points, Why.COUNTS, event.counts_until)


def _by_points(known: Collection[Event], scheme: Scheme, at: datetime) -> Account:
    lines = list(_sorted_out(known))
    first = min((line.event.occurred_at for line in lines if _stands(line)), default=at)
    cycle_from = scheme.cycle_at(first, at)
    timed = [_in_time(line, cycle_from, at) for line in lines]
    counted = _limited(timed, scheme)
    score = max(LOWEST, sum((line.points for line in counted), start=scheme.base))
    grade = scheme.grade_of(score)
    return Account(scheme.base, score, grade, GradeBy.SCORE, tuple(counted), cycle_from)


def _in_time(line: Line, cycle_from: datetime | None, at: datetime) -> Line:
    """Let go what counts no more, and say when the rest will not."""
    if not _stands(line):
        return line
    if cycle_from is not None and line.event.occurred_at < cycle_from:
        return Line(line.event, LOWEST, Why.OTHER_CYCLE, cycle_from)
    if line.ends_at is not None and line.ends_at <= at:
        return Line(line.event, LOWEST, Why.OVER, line.ends_at)
    ends = [line.ends_at, until(cycle_from, YEAR) if cycle_from else None]
    return replace(line, ends_at=min((one for one in ends if one is not None), default=None))


def _limited(lines: Collection[Line], scheme: Scheme) -> list[Line]:
    """Cut what goes beyond the limit of its kind; what happened first counts first."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    found = []
    for line in lines:
        kind = scheme.by_code.get(line.event.kind)
        limit = kind.limit if kind else None
        before = sums[line.event.kind]
        after = before + line.points
        sums[line.event.kind] = after
        cut = after if limit is None else _within(after, limit)
        start = before if limit is None else _within(before, limit)
        is_cut = line.why is Why.COUNTS and cut - start != line.points
        found.append(replace(line, points=cut - start, why=Why.LIMITED if is_cut else line.why))
    return found


def _within(points: Decimal, limit: Decimal) -> Decimal:
    return max(-limit, min(limit, points))


def _direct(found: Account, scheme: Scheme) -> tuple[str, GradeBy]:
    """Return the worst of the grade by points and those that what counts gives directly."""
    given = [
        kind.grade
        for line in found.lines
        if line.why in {Why.COUNTS, Why.LIMITED}
        and (kind := scheme.by_code.get(line.event.kind)) is not None
        and kind.grade
    ]
    worst = max([found.grade, *given], key=scheme.place) if given else found.grade
    return worst, GradeBy.SCORE if worst == found.grade else GradeBy.DIRECT


def _barred(
    letter: str, known: Collection[Event], scheme: Scheme, at: datetime, schemes: Schemes
) -> tuple[str, GradeBy]:
    """Return the next grade as long as the grades of earlier years keep `letter` away."""
    by = GradeBy.SCORE
    for bar in scheme.bars:
        if bar.grade != letter or scheme.cycle is not Cycle.CALENDAR_YEAR:
            continue
        ends = [_year_end(at, back) for back in range(bar.of)]
        bad = sum(_grade_then(known, schemes(end), end) in bar.seen for end in ends)
        if bad >= bar.years:
            letter, by = scheme.grades[scheme.place(letter) + 1].letter, GradeBy.BAR
    return letter, by


def _year_end(at: datetime, back: int) -> datetime:
    """Return the last instant of the year `back` years before the one that ended last."""
    return datetime(day_of(at).year - back, 1, 1, tzinfo=CHINA) - INSTANT


def _grade_then(known: Collection[Event], scheme: Scheme, at: datetime) -> str:
    """Return the grade at the end of an earlier year, without regard to those before it."""
    found = _by_points([event for event in known if event.occurred_at <= at], scheme, at)
    return _direct(found, scheme)[0]
