"""Pictures for the demo's pages, drawn from what the platform draws itself."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageDraw

from marketplace.web.seal_pattern import seal_pattern

SIDE, GAP, UNIT = 480, 80, 80
FINER = 3
"""How many times larger it is drawn than it is kept, for smooth edges."""
PAPER, TILE, GLAZE = "#FFFFFF", "#F3F6FB", "#1B468F"
MOVE = re.compile(r"([MLAaz])([^MLAaz]*)")
ARC = 24
Point = tuple[float, float]


def seals(text: str) -> bytes:
    """Return a PNG of two patterns: of a digest, and of the one that differs in its first digit."""
    digest = sha256(text.encode()).hexdigest()
    other = f"{(int(digest[0], 16) + 5) % 16:x}{digest[1:]}"
    whole = Image.new("RGB", (2 * SIDE + GAP, SIDE), PAPER)
    for place, one in enumerate((digest, other)):
        whole.paste(_seal(one), (place * (SIDE + GAP), 0))
    stored = BytesIO()
    whole.save(stored, "PNG", optimize=True)
    return stored.getvalue()


def _seal(digest: str) -> Image.Image:
    pattern = seal_pattern(digest)
    side = SIDE * FINER
    image = Image.new("RGB", (side, side), TILE)
    draw = ImageDraw.Draw(image)
    margin = 6 * FINER
    scale = (side - 4 * margin) / UNIT
    draw.rectangle((margin, margin, side - margin, side - margin), outline=GLAZE, width=margin // 2)

    def placed(points: list[Point]) -> list[Point]:
        return [(2 * margin + x * scale, 2 * margin + y * scale) for x, y in points]

    for shape in shapes(pattern.ring):
        corners = placed(shape)
        draw.line([*corners, corners[0]], fill=GLAZE, width=2 * FINER)
    for shape in (*shapes(pattern.fill), *shapes(pattern.dots)):
        draw.polygon(placed(shape), fill=GLAZE)
    return image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def shapes(path: str) -> Iterator[list[Point]]:
    """Yield the shapes of a path of moves, lines and circular arcs, each as its corners."""
    corners: list[Point] = []
    for step, written in MOVE.findall(path):
        numbers = [float(one) for one in re.findall(r"-?[\d.]+", written)]
        if step == "z":
            yield corners
        elif step == "M":
            corners = [(numbers[0], numbers[1])]
        elif step == "L":
            corners = [*corners, (numbers[0], numbers[1])]
        else:
            for radius, _ry, _turn, large, sweep, x, y in zip(*[iter(numbers)] * 7, strict=True):
                begin = corners[-1]
                end = (begin[0] + x, begin[1] + y) if step == "a" else (x, y)
                corners = [*corners, *_arc(begin, end, radius, large, sweep)]


def _arc(begin: Point, end: Point, radius: float, large: float, sweep: float) -> Iterator[Point]:
    """
    Yield points of a circular arc after `begin`, the last of them `end`.

    Source: Scalable Vector Graphics (SVG) 1.1, appendix F.6.5
    """
    half = ((end[0] - begin[0]) / 2, (end[1] - begin[1]) / 2)
    length = math.hypot(*half)
    height = math.sqrt(max(radius**2 - length**2, 0)) / length
    side = 1 if large != sweep else -1
    centre = (
        begin[0] + half[0] - side * height * half[1],
        begin[1] + half[1] + side * height * half[0],
    )
    first = math.atan2(begin[1] - centre[1], begin[0] - centre[0])
    last = math.atan2(end[1] - centre[1], end[0] - centre[0])
    turn = (last - first) % math.tau if sweep else -((first - last) % math.tau)
    return (
        (centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle))
        for angle in (first + turn * part / ARC for part in range(1, ARC + 1))
    )
