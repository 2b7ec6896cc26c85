"""
The seal pattern: a picture of a SHA-256 value that people recognise at a glance.

The first 16 hex digits fill a 4 x 4 quadrant, mirrored to 8 x 8. Each digit is two pairs of bits:
the low pair draws petals (none, falling, rising, both), the high pair an extra (none, dot, outline,
corner). It helps recognition only; a check always compares all 64 digits. Pure.
"""

from dataclasses import dataclass, field

CELL = 10
SIDE = 8
HALF = SIDE // 2
DIGITS = HALF * HALF


class NotADigest(ValueError):
    """The text is not a SHA-256 value in 64 hexadecimal digits."""


@dataclass(frozen=True)
class Pattern:
    """The three SVG paths of a pattern: filled petals, outlined petals, dots and corners."""

    fill: str
    ring: str
    dots: str


@dataclass
class _Strokes:
    fill: list[str] = field(default_factory=list)
    ring: list[str] = field(default_factory=list)
    dots: list[str] = field(default_factory=list)


def seal_pattern(digest: str) -> Pattern:
    """
    Return the paths for `digest`, 64 hexadecimal digits, on a square of 80 units.

    Raises:
        NotADigest: `digest` has another length or other characters.
    """
    digits = _digits(digest)
    strokes = _Strokes()
    for y in range(SIDE):
        for x in range(SIDE):
            column = SIDE - 1 - x if x >= HALF else x
            row = SIDE - 1 - y if y >= HALF else y
            _draw_cell(strokes, x, y, digits[row * HALF + column])
    return Pattern("".join(strokes.fill), "".join(strokes.ring), "".join(strokes.dots))


def _digits(digest: str) -> list[int]:
    try:
        raw = bytes.fromhex(digest)
    except ValueError:
        raise NotADigest(digest) from None
    if len(raw) != 32 or len(digest) != 64:
        raise NotADigest(digest)
    return [int(digit, 16) for digit in digest[:DIGITS]]


def _draw_cell(strokes: _Strokes, x: int, y: int, value: int) -> None:
    """Draw one cell; the mirror swaps falling and rising in two of the four quadrants."""
    petals, extra = value & 3, value >> 2
    right, below = x >= HALF, y >= HALF
    mirrored = right != below
    px, py = x * CELL, y * CELL
    if petals & 1:
        strokes.fill.append(_petal(px, py, falling=not mirrored))
    if petals & 2:
        strokes.fill.append(_petal(px, py, falling=mirrored))
    if extra == 1:
        strokes.dots.append(_dot(px, py))
    elif extra == 2:
        strokes.ring.append(_petal(px, py, falling=not mirrored))
    elif extra == 3:
        strokes.dots.append(_corner(px, py, right=right, below=below))


def _petal(x: int, y: int, *, falling: bool) -> str:
    """Return a lens between two opposite corners of the cell."""
    right, bottom = x + CELL, y + CELL
    if falling:
        return f"M{x} {y}A10 10 0 0 1 {right} {bottom}A10 10 0 0 1 {x} {y}z"
    return f"M{right} {y}A10 10 0 0 1 {x} {bottom}A10 10 0 0 1 {right} {y}z"


def _dot(x: int, y: int) -> str:
    return f"M{x + 3.4} {y + 5}a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0z"


def _corner(x: int, y: int, *, right: bool, below: bool) -> str:
    """Return a quarter disc in the corner that points away from the centre of the pattern."""
    cx, cy = (x + CELL if right else x), (y + CELL if below else y)
    ex, ey = (cx - 4 if right else cx + 4), (cy - 4 if below else cy + 4)
    return f"M{cx} {cy}L{ex} {cy}A4 4 0 0 {int(right == below)} {cx} {ey}z"
