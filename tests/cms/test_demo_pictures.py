"""The pictures of the demo show what the platform itself draws."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from cms.demo.pictures import GAP, SIDE, seals, shapes


@pytest.mark.parametrize(
    ("path", "through"),
    [
        ("M0 0L4 0A4 4 0 0 1 0 4z", (2.8, 2.8)),  # a quarter disc
        ("M0 0A10 10 0 0 1 10 10A10 10 0 0 1 0 0z", (7.1, 2.9)),  # a petal
        ("M3.4 5a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0z", (5.0, 6.6)),  # a dot
    ],
)
def test_an_arc_runs_where_a_browser_draws_it(path: str, through: tuple[float, float]) -> None:
    [corners] = shapes(path)

    assert through in {(round(x, 1), round(y, 1)) for x, y in corners}


def test_two_seals_that_differ_in_a_digit_differ_in_their_corners_alone() -> None:
    picture = Image.open(BytesIO(seals("a")))
    left = picture.crop((0, 0, SIDE, SIDE))
    right = picture.crop((SIDE + GAP, 0, 2 * SIDE + GAP, SIDE))
    differing = ImageChops.difference(left, right)
    middle = (SIDE // 6, SIDE // 6, SIDE * 5 // 6, SIDE * 5 // 6)

    assert picture.size == (2 * SIDE + GAP, SIDE)
    assert differing.getbbox() is not None
    assert differing.crop(middle).getbbox() is None
    assert seals("a") != seals("b")
