"""How a unit's score comes about, and how it went in the last year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from credit.in_force import scheme_at
from credit.models import Entry
from credit.pages.findings import why_of
from credit.schemes import Scheme
from credit.scoring import Account, Step, account, steps
from credit.standing import events_of
from marketplace.kernel.calendar import day_of
from marketplace.models import Organization

SHOWN = timedelta(days=365)
WIDE, NARROW = (860, 220), (358, 200)
LEFT, RIGHT, TOP, BOTTOM = 40, 12, 14, 26
LABELS = 4


@dataclass(frozen=True)
class ShownLine:
    """An entry with what it adds now, why, and until when."""

    entry: Entry
    points: Decimal
    why: str
    ends_at: datetime | None


@dataclass(frozen=True)
class SumUp:
    """The arithmetic of a score: base, lines, sum, and the steps that led there."""

    scheme: Scheme
    account: Account
    lines: list[ShownLine]
    steps: list[Step]


def score_of(organization: Organization, at: datetime) -> SumUp:
    """Return how the score of `organization` comes about at `at`, the latest fact first."""
    events, scheme = events_of(organization), scheme_at(at)
    found = account(events, scheme, at, earlier=scheme_at)
    entries = Entry.objects.with_corrections().in_bulk([line.event.key for line in found.lines])
    lines = [
        ShownLine(entries[line.event.key], line.points, why_of(line.why), line.ends_at)
        for line in reversed(found.lines)
    ]
    first = min((event.occurred_at for event in events), default=at)
    since = max(at - SHOWN, min(first - timedelta(days=1), at))
    return SumUp(scheme, found, lines, steps(events, scheme_at, since, at))


@dataclass(frozen=True)
class Mark:
    """A word of an axis and where it stands."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Chart:
    """A step chart in one size: numbers of SVG, nothing else."""

    name: str
    width: int
    height: int
    path: str
    scores: list[Mark]
    days: list[Mark]

    @property
    def right(self) -> int:
        """Where the plot ends."""
        return self.width - RIGHT


def charts_of(found: Sequence[Step], at: datetime) -> list[Chart]:
    """Return the steps as a chart for wide screens and one for narrow ones."""
    return [_chart("l", WIDE, found, at), _chart("s", NARROW, found, at)]


def _chart(name: str, size: tuple[int, int], found: Sequence[Step], at: datetime) -> Chart:
    width, height = size
    since = found[0].at
    span = max((at - since).total_seconds(), 1.0)
    lowest = float(min(step.score for step in found))
    highest = float(max(step.score for step in found))
    low, high = (lowest - 5, highest + 5) if highest - lowest < 10 else (lowest, highest)

    def x(moment: datetime) -> float:
        return round(LEFT + (width - LEFT - RIGHT) * (moment - since).total_seconds() / span, 1)

    def y(score: float) -> float:
        return round(TOP + (height - TOP - BOTTOM) * (high - score) / (high - low), 1)

    path = f"M{x(since)} {y(float(found[0].score))}"
    for step in found[1:]:
        path += f"H{x(step.at)}V{y(float(step.score))}"
    ticks = sorted({lowest, highest, float(found[-1].score)})
    days = [
        since + (at - since) * place / LABELS for place in range(0, LABELS, 1 if name == "l" else 2)
    ]
    # a record of a day has one day to write, where it begins
    written = {f"{day_of(day):%m-%d}": x(day) for day in reversed(days)}
    return Chart(
        name=name,
        width=width,
        height=height,
        path=f"{path}H{x(at)}",
        scores=[Mark(LEFT - 6, y(score), f"{score:g}") for score in ticks],
        days=[Mark(place, height - 8, text) for text, place in written.items()],
    )
