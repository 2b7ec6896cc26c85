"""Charts in numbers of SVG, each in two sizes; the table beside them says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

from marketplace.web.components import Component, Text

STEPS = (1, 2, 5)
LINES = 4
LABEL, GAP, NUMBER = 146, 8, 86
LONGEST = 10
"""How many characters of a label a bar of the wide chart has room for."""
LATIN_ENDS, LATIN = "\u2e7f", 0.55
"""The last character that is no Chinese one, and how wide those up to it are beside these."""
TILE, SPACE = 70, 76
PLACES: dict[str, tuple[int, int]] = {
    "3604": (2, 0),
    "3602": (3, 0),
    "3601": (2, 1),
    "3606": (3, 1),
    "3611": (4, 1),
    "3603": (0, 2),
    "3609": (1, 2),
    "3605": (2, 2),
    "3610": (3, 2),
    "3608": (2, 3),
    "3607": (2, 4),
}
"""Where the tile of each city of Jiangxi lies, by the beginning of its code."""
SHADES = 4


@dataclass(frozen=True)
class Point:
    """What a chart shows: a label, a number, and how the number is written."""

    label: str
    number: float
    written: str
    is_open: bool = False


@dataclass(frozen=True)
class Bar:
    """One bar that lies: where its label, itself and its number stand."""

    label: str
    written: str
    text_y: int
    x: int
    y: int
    width: float
    number_x: float
    number_y: int


@dataclass(frozen=True)
class Column:
    """One bar that stands; `mark` is written above it where there is room."""

    label: str
    mark: str
    x: float
    y: float
    width: float
    height: float
    middle: float
    tone: str


@dataclass(frozen=True)
class Line:
    """A line of the axis and what it stands for."""

    y: float
    text: str


@dataclass(frozen=True)
class Bars(Component):
    """Bars that lie, in one size."""

    name: str
    width: int
    height: int
    says: Text
    bars: Sequence[Bar]

    template_name = "bidding/figures/bars.html"


@dataclass(frozen=True)
class Columns(Component):
    """Bars that stand, in one size."""

    name: str
    width: int
    height: int
    says: Text
    left: int
    right: int
    foot: int
    lines: Sequence[Line]
    columns: Sequence[Column]

    template_name = "bidding/figures/columns.html"

    @property
    def mark_x(self) -> int:
        """Where the figures of the axis end."""
        return self.left - 6


@dataclass(frozen=True)
class Tile:
    """One city: where it lies, how dark it is, and the list that it leads to."""

    label: str
    written: str
    says: str
    url: str
    x: int
    y: int
    shade: str

    @property
    def middle(self) -> int:
        return self.x + TILE // 2

    @property
    def name_y(self) -> int:
        return self.y + 32

    @property
    def number_y(self) -> int:
        return self.y + 52


@dataclass(frozen=True)
class Tiles(Component):
    """The province as tiles, the darker the more."""

    says: Text
    tiles: Sequence[Tile]

    template_name = "bidding/figures/tiles.html"


def bars(points: Sequence[Point], says: Text) -> list[Component]:
    """Return the points as bars for wide screens and for narrow ones; none of nothing."""
    if not any(point.number for point in points):
        return []
    return [_wide_bars(points, says), _narrow_bars(points, says)]


def _wide_bars(points: Sequence[Point], says: Text) -> Bars:
    most, room = max(point.number for point in points), 596 - LABEL - NUMBER - GAP
    rows = [
        Bar(
            shortened(point.label),
            point.written,
            text_y=23 + 30 * place,
            x=LABEL,
            y=11 + 30 * place,
            width=(width := _share(point.number, most, room)),
            number_x=LABEL + width + GAP,
            number_y=23 + 30 * place,
        )
        for place, point in enumerate(points)
    ]
    return Bars("l", 596, 4 + 30 * len(points), says, rows)


def shortened(label: str) -> str:
    """Return a label as the chart has room for; the table has the whole."""
    ends = list(accumulate(1 if one > LATIN_ENDS else LATIN for one in label))
    if not ends or ends[-1] <= LONGEST:
        return label
    return f"{label[: sum(end <= LONGEST - 1 for end in ends)].rstrip()}…"


def _narrow_bars(points: Sequence[Point], says: Text) -> Bars:
    most, room = max(point.number for point in points), 358 - NUMBER - GAP - 16
    rows = [
        Bar(
            point.label,
            point.written,
            text_y=20 + 46 * place,
            x=0,
            y=27 + 46 * place,
            width=(width := _share(point.number, most, room)),
            number_x=width + GAP,
            number_y=38 + 46 * place,
        )
        for place, point in enumerate(points)
    ]
    return Bars("s", 358, 4 + 46 * len(points), says, rows)


def _share(number: float, most: float, room: int) -> float:
    """Return how long a bar is; what is not nothing can be seen."""
    return round(max(number / most * room, 1.5 if number else 0), 1)


def columns(points: Sequence[Point], says: Text) -> list[Component]:
    """Return the points as columns for wide screens and for narrow ones; none of nothing."""
    if not any(point.number for point in points):
        return []
    return [_columns("l", 596, 44, points, says), _columns("s", 358, 40, points, says)]


def _columns(name: str, width: int, left: int, points: Sequence[Point], says: Text) -> Columns:
    step = _step(max(point.number for point in points))
    bottom, top = 200, 24
    high, wide = bottom - top, (width - left - 4) / len(points)
    rows = []
    for place, point in enumerate(points):
        tall = round(point.number / (step * LINES) * high, 1)
        x = left + place * wide
        rows.append(
            Column(
                _label(point.label, place, wide),
                point.written if wide >= LEAST_FOR_MARK else "",
                x=round(x + wide * 0.19, 1),
                y=round(bottom - tall, 1),
                width=round(wide * 0.62, 1),
                height=tall,
                middle=round(x + wide / 2, 1),
                tone="open" if point.is_open else "v",
            )
        )
    lines = [
        Line(round(bottom - high * place / LINES, 1), f"{place * step:,g}")
        for place in range(LINES + 1)
    ]
    return Columns(name, width, 224, says, left, width - 4, 218, lines, rows)


LEAST_FOR_MARK = 40
LEAST_FOR_LABEL = 30


def _label(label: str, place: int, wide: float) -> str:
    """Return what stands below a column; of narrow ones every second has its label."""
    return label if wide >= LEAST_FOR_LABEL or place % 2 == 0 else ""


def _step(most: float) -> float:
    """Return by how much the axis goes, so that `most` is on it."""
    power = 1.0
    while power * STEPS[-1] * 2 * LINES < most:
        power *= 10
    fitting = [step * power for step in (*STEPS, 10) if step * power * LINES >= most]
    return fitting[0]


@dataclass(frozen=True)
class City:
    """What a tile is made of."""

    code: str
    name: str
    number: float
    says: str
    url: str


def tiles(cities: Sequence[City], says: Text) -> list[Component]:
    """Return the cities as tiles in quarters of the greatest; none of nothing."""
    most = max((city.number for city in cities), default=0)
    if not most:
        return []
    rows = []
    for city in cities:
        column, row = PLACES[city.code[:4]]
        shade = min(ceil(city.number / most * SHADES), SHADES) - 1 if city.number else 0
        rows.append(
            Tile(
                city.name[:-1],  # without the word for city
                f"{city.number:,g}",
                f"{city.name}，{city.says}",
                city.url,
                2 + column * SPACE,
                2 + row * SPACE,
                f"k{shade}",
            )
        )
    return [Tiles(says, rows)]
