"""The score and the grade of every organisation, in one statement of the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from credit.in_force import scheme_at
from credit.schemes import Bar, Cycle, Kind, Scheme, Worse
from credit.scoring import LOWEST
from marketplace.kernel.calendar import CHINA, day_of

HUNDREDTHS = 100
INSTANT = timedelta(microseconds=1)
DAY = {
    "postgresql": "to_char({0} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')",
    "sqlite": "strftime('%%Y-%%m-%%d', {0}, '+8 hours')",
}
"""The day of a moment in China as text."""


@dataclass(frozen=True)
class Sql:
    """A piece of SQL with what stands for its `%s`."""

    text: str
    values: tuple[Any, ...] = ()


def ranking(at: datetime) -> Mapping[int, tuple[Decimal, str]]:
    """
    Return score and grade of each organisation at `at`, as known then, by its primary key.

    The same as `scoring.account` gives for each of them.
    """
    statement = _statement(scheme_at(at), at)
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.values)
        return {key: (_points(score), letter) for key, score, letter in cursor.fetchall()}


def _points(hundredths: int) -> Decimal:
    return Decimal(int(hundredths)) / HUNDREDTHS


def _statement(scheme: Scheme, at: datetime) -> Sql:
    """Join what each organisation has now with what it had at the ends of the years that count."""
    bars = scheme.bars if scheme.cycle is Cycle.CALENDAR_YEAR else ()
    years = range(max((bar.of for bar in bars), default=0))
    ends = [datetime(day_of(at).year - back, 1, 1, tzinfo=CHINA) - INSTANT for back in years]
    now, then = _graded(scheme, at, at), [_graded(scheme_at(end), end, at) for end in ends]
    letter = _letter_in("n", scheme)
    letters = [_letter_in(f"y{back}", scheme_at(end)) for back, end in enumerate(ends)]
    for bar in bars:
        letter = _barred(letter, bar, _next(scheme, bar.grade), letters[: bar.of])
    joins = " ".join(_joined(f"y{back}", one) for back, one in enumerate(then))
    nothing = int(max(scheme.base, LOWEST) * HUNDREDTHS)
    text = (
        f"SELECT o.id, COALESCE(n.score, {nothing}), {letter.text} FROM marketplace_organization o"  # noqa: S608 - our own text
        f" {_joined('n', now)} {joins}"
    )
    return Sql(text, (*letter.values, *now.values, *_values(then)))


def _joined(name: str, found: Sql) -> str:
    return f"LEFT JOIN ({found.text}) {name} ON {name}.organization_id = o.id"


def _letter_in(name: str, scheme: Scheme) -> Sql:
    """Return as SQL the grade in the joined rows `name`; who has none has that of the base."""
    return Sql(f"COALESCE({name}.letter, %s)", (scheme.grade_of(max(scheme.base, LOWEST)),))


def _next(scheme: Scheme, letter: str) -> str:
    return scheme.grades[scheme.place(letter) + 1].letter


def _barred(letter: Sql, bar: Bar, lower: str, years: Sequence[Sql]) -> Sql:
    """Return as SQL `letter`, or the lower one where earlier years bar it."""
    marks = ", ".join(["%s"] * len(bar.seen))
    bad = " + ".join(f"CASE WHEN {year.text} IN ({marks}) THEN 1 ELSE 0 END" for year in years)
    seen = [value for year in years for value in (*year.values, *bar.seen)]
    text = f"CASE WHEN {letter.text} = %s AND {bad} >= %s THEN %s ELSE {letter.text} END"
    return Sql(text, (*letter.values, bar.grade, *seen, bar.years, lower, *letter.values))


def _graded(scheme: Scheme, at: datetime, known_at: datetime) -> Sql:
    """Return organisation, score in hundredths and grade at `at`, as known at `known_at`."""
    counted = _counted(scheme, at, known_at)
    limits = _cases("kind", ((kind, kind.limit) for kind in scheme.kinds if kind.limit is not None))
    places = _cases("kind", _direct_places(scheme), otherwise="-1")
    most = f"({limits.text})"
    by_kind = Sql(
        f"SELECT organization_id, {places.text} AS place,"  # noqa: S608 - our own text
        f" CASE WHEN {most} IS NULL THEN points WHEN points > {most} THEN {most}"
        f" WHEN points < -{most} THEN -{most} ELSE points END AS points"
        " FROM (SELECT organization_id, kind,"
        " SUM(CAST(ROUND(points * 100) AS BIGINT)) AS points"
        f" FROM ({counted.text}) c GROUP BY organization_id, kind) k",
        (*places.values, *(limits.values * 5), *counted.values),
    )
    base = int(scheme.base * HUNDREDTHS)
    score = f"CASE WHEN {base} + SUM(points) < 0 THEN 0 ELSE {base} + SUM(points) END"
    scored = (
        f"SELECT organization_id, {score} AS score, MAX(place) AS direct"  # noqa: S608 - our own text
        f" FROM ({by_kind.text}) b GROUP BY organization_id"
    )
    letter = _letter(scheme)
    text = f"SELECT organization_id, score, {letter.text} AS letter FROM ({scored}) s"  # noqa: S608 - our own text
    return Sql(text, (*letter.values, *by_kind.values))


def _counted(scheme: Scheme, at: datetime, known_at: datetime) -> Sql:
    """Return the entries that count, each with its points."""
    moment, known = (connection.ops.adapt_datetimefield_value(one) for one in (at, known_at))
    standing = Sql(
        "SELECT e.organization_id, e.kind, e.points, e.occurred_at, e.counts_until"
        " FROM credit_entry e LEFT JOIN credit_entry c"
        " ON c.corrects_id = e.id AND c.recorded_at <= %s"
        " WHERE e.occurred_at <= %s AND e.recorded_at <= %s AND c.id IS NULL"
        " AND NOT (e.corrects_id IS NOT NULL AND e.points = 0)",
        (known, moment, known),
    )
    in_time = "(s.counts_until IS NULL OR s.counts_until > %s)"
    if scheme.cycle is Cycle.NONE:
        return Sql(f"SELECT * FROM ({standing.text}) s WHERE {in_time}", (*standing.values, moment))  # noqa: S608 - our own text
    day = DAY[connection.vendor].format("s.occurred_at")
    begin = _cycle_day(scheme.cycle, day_of(at))
    first = DAY[connection.vendor].format(
        "MIN(s.occurred_at) OVER (PARTITION BY s.organization_id)"
    )
    text = (
        f"SELECT * FROM (SELECT s.*, {day} AS day, {first} AS first FROM ({standing.text}) s) s"  # noqa: S608 - our own text
        f" WHERE {in_time} AND s.day >= {begin}"
    )
    return Sql(text, (*standing.values, moment))


def _cycle_day(cycle: Cycle, on: date) -> str:
    """Return as SQL the first day, as text, of the cycle in which `on` lies."""
    if cycle is Cycle.CALENDAR_YEAR:
        return f"'{on.year}-01-01'"
    this, last = (_same_day(year) for year in (on.year, on.year - 1))
    return f"CASE WHEN {this} <= '{on.isoformat()}' THEN {this} ELSE {last} END"


def _same_day(year: int) -> str:
    """Return as SQL the day of `year` on which a cycle begins: of 29 February maybe the 28th."""
    is_leap = (date(year, 3, 1) - timedelta(days=1)).day == 29
    month_day = "substr(s.first, 6)"
    if not is_leap:
        month_day = f"CASE WHEN {month_day} = '02-29' THEN '02-28' ELSE {month_day} END"
    return f"('{year}-' || {month_day})"


def _direct_places(scheme: Scheme) -> Iterator[tuple[Kind, int]]:
    return ((kind, scheme.place(kind.grade)) for kind in scheme.kinds if kind.grade)


def _letter(scheme: Scheme) -> Sql:
    """Return as SQL the worse of the grade of `score` and the one given directly."""
    grades = list(enumerate(scheme.grades))
    if not grades:
        return Sql("''")
    if scheme.worse is Worse.HIGHER:
        grades.reverse()
    by_score = " ".join(
        f"WHEN score >= {int(grade.begins * HUNDREDTHS)} THEN {place}" for place, grade in grades
    )
    place = f"CASE {by_score} END"
    worst = f"CASE WHEN direct > ({place}) THEN direct ELSE {place} END"
    letters = " ".join(f"WHEN {place} THEN %s" for place, _grade in enumerate(scheme.grades))
    return Sql(f"CASE {worst} {letters} END", tuple(grade.letter for grade in scheme.grades))


def _cases(
    column: str, numbers: Iterable[tuple[Kind, Decimal | int]], otherwise: str = "NULL"
) -> Sql:
    """Return as SQL a number for each kind of conduct; points in hundredths."""
    found = [
        (kind.code, int(one * HUNDREDTHS) if isinstance(one, Decimal) else one)
        for kind, one in numbers
    ]
    if not found:
        return Sql(f"CAST({otherwise} AS BIGINT)")
    whens = " ".join(f"WHEN %s THEN {number}" for _code, number in found)
    codes = tuple(code for code, _number in found)
    return Sql(f"CASE {column} {whens} ELSE CAST({otherwise} AS BIGINT) END", codes)


def _values(pieces: Iterable[Sql]) -> tuple[Any, ...]:
    return tuple(value for piece in pieces for value in piece.values)
