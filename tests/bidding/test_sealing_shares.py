"""A split secret comes back from any t of its shares, and from fewer nothing can be learned."""

import hashlib
from itertools import combinations, count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidding.sealing.shares import NoSuchSplit, SharesDoNotFit, combine, split

secrets = st.binary(min_size=1, max_size=32)


def drawn(seed: bytes):
    """Return a source of bytes that is the same for the same seed."""
    turn = count()
    return lambda size: hashlib.shake_128(seed + bytes([next(turn)])).digest(size)


@given(secrets, st.data())
def test_any_threshold_of_shares_gives_the_secret_back(secret, data):
    total = data.draw(st.integers(1, 6))
    threshold = data.draw(st.integers(1, total))

    parts = split(secret, threshold, total, drawn(secret))

    for size in range(threshold, total + 1):
        for chosen in combinations(parts, size):
            assert combine({number: parts[number] for number in chosen}) == secret


@given(secrets, st.data())
def test_fewer_shares_fit_every_secret_alike(secret, data):
    other = data.draw(st.binary(min_size=len(secret), max_size=len(secret)))
    known = split(secret, 3, 5, drawn(b"x"))
    two = {1: known[1], 2: known[2]}

    # what another secret would need as a third share exists, and is one more value, no less likely
    third = combine_at(3, {0: other, **two})

    assert combine({**two, 3: third}) == other


def combine_at(number: int, points: dict[int, bytes]) -> bytes:
    """Find the share that `number` has where the polynomial goes through `points`, by trying."""
    size = len(points[0])
    found = bytearray(size)
    for place in range(size):
        wanted = points[0][place]
        ours = {one: points[one][place : place + 1] for one in points if one}
        found[place] = next(
            byte for byte in range(256) if combine({**ours, number: bytes([byte])})[0] == wanted
        )
    return bytes(found)


def test_the_field_is_that_of_the_aes_standard():
    # FIPS 197, 4.2: {57} x {83} = {c1}; a share of two with slope 83 at 57 is secret ^ c1
    assert split(b"\x00", 2, 0x57, lambda _size: b"\x83")[0x57] == b"\xc1"


@pytest.mark.parametrize(("threshold", "total"), [(0, 1), (2, 1), (1, 256), (0, 0)])
def test_an_impossible_split_is_refused(threshold, total):
    with pytest.raises(NoSuchSplit):
        split(b"x", threshold, total, bytes)


@pytest.mark.parametrize("shares", [{}, {1: b"a", 2: b"ab"}, {0: b"a"}, {256: b"a"}])
def test_shares_that_do_not_fit_are_refused(shares):
    with pytest.raises(SharesDoNotFit):
        combine(shares)
