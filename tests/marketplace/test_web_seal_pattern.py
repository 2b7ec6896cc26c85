import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.web.seal_pattern import NotADigest, Pattern, seal_pattern

digests = st.text("0123456789abcdef", min_size=64, max_size=64)
REST = "0" * 48


def test_seal_pattern_of_zeros_draws_nothing() -> None:
    assert seal_pattern("0" * 64) == Pattern("", "", "")


def test_seal_pattern_draws_one_digit_in_each_quadrant_pointing_at_the_centre() -> None:
    pattern = seal_pattern("1" + "0" * 63)

    assert pattern.fill == (
        "M0 0A10 10 0 0 1 10 10A10 10 0 0 1 0 0z"
        "M80 0A10 10 0 0 1 70 10A10 10 0 0 1 80 0z"
        "M10 70A10 10 0 0 1 0 80A10 10 0 0 1 10 70z"
        "M70 70A10 10 0 0 1 80 80A10 10 0 0 1 70 70z"
    )
    assert pattern.ring == pattern.dots == ""


@pytest.mark.parametrize(
    ("digit", "fill", "ring", "dots"),
    [("3", 8, 0, 0), ("4", 0, 0, 4), ("8", 0, 4, 0), ("c", 0, 0, 4), ("f", 8, 0, 4)],
)
def test_seal_pattern_gives_each_pair_of_bits_its_shape(
    digit: str, fill: int, ring: int, dots: int
) -> None:
    pattern = seal_pattern(digit + "0" * 63)

    drawn = (pattern.fill.count("M"), pattern.ring.count("M"), pattern.dots.count("M"))
    assert drawn == (fill, ring, dots)


@given(digests)
def test_seal_pattern_depends_on_the_first_sixteen_digits_alone(digest: str) -> None:
    assert seal_pattern(digest) == seal_pattern(digest[:16] + REST)


@given(digests)
def test_seal_pattern_stays_inside_its_square(digest: str) -> None:
    pattern = seal_pattern(digest)

    starts = re.findall(r"M([\d.]+) ([\d.]+)", pattern.fill + pattern.ring + pattern.dots)
    assert all(0 <= float(place) <= 80 for start in starts for place in start)


@given(digests, digests)
def test_seal_pattern_differs_when_the_first_sixteen_digits_do(one: str, other: str) -> None:
    same = one[:16] == other[:16]

    assert (seal_pattern(one) == seal_pattern(other)) == same


@pytest.mark.parametrize("text", ["", "0" * 63, "0" * 65, "g" * 64, "00 " * 32])
def test_seal_pattern_refuses_what_is_not_a_digest(text: str) -> None:
    with pytest.raises(NotADigest):
        seal_pattern(text)
