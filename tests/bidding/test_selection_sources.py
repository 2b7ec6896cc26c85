"""A draw has many sources: each changes all of it, none alone decides, and nobody is likelier."""

from collections import Counter
from datetime import datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidding.selection.draw import below, draw, weighted_draw
from bidding.selection.sources import Sources, context, entropy
from marketplace.kernel.calendar import CHINA
from tests.bidding.test_selection_draw import TERMS

SEED = bytes(range(32))
PARTS = {"A" * 18: "01" * 32, "B" * 18: "02" * 32}
DRAWS = 40_000
"""Each ranks five: 200,000 lots."""


def test_the_vector_of_the_specification() -> None:
    assert entropy(SEED, PARTS, None).hex() == (
        "a6682456d1908cea6531df439d04ede3f961d745f16a0cfa913ee50a68f6bc58"
    )
    assert entropy(SEED, PARTS, "5 0 7").hex() == (
        "b050a3b7d695a018a44ebbed8d0e1859e404a7a2e6238242963abe2e486b2f76"
    )
    assert context(TERMS, [("A" * 18, "1.00", "2026-11-24T12:00:00+08:00")], None).hex() == (
        "2f833019fbd3cc4699982a1da8d889c7065d2e74567df7b83953528b799118ba"
    )


@given(st.binary(min_size=32, max_size=32), st.integers(0, 255), st.integers(0, 31))
def test_one_bit_of_any_source_makes_another_entropy(seed: bytes, bit: int, place: int) -> None:
    changed = bytearray(seed)
    changed[place] ^= 1 << bit % 8
    known = entropy(seed, PARTS, "1")
    other_part = {**PARTS, "B" * 18: bytes(changed).hex()}

    assert entropy(bytes(changed), PARTS, "1") != known
    assert entropy(seed, other_part, "1") != entropy(seed, {**PARTS, "B" * 18: seed.hex()}, "1")
    assert entropy(seed, PARTS, "2") != known != entropy(seed, PARTS, None)


def test_the_order_of_arrival_changes_nothing_and_who_brings_a_part_does() -> None:
    turned = dict(reversed(PARTS.items()))
    swapped = dict(zip(PARTS, reversed(PARTS.values()), strict=True))

    assert entropy(SEED, turned, None) == entropy(SEED, PARTS, None)
    assert entropy(SEED, swapped, None) != entropy(SEED, PARTS, None)
    assert entropy(SEED, {}, None) != entropy(SEED, PARTS, None)


def test_sources_are_published_as_they_were_fixed() -> None:
    sources = Sources(
        sealed_seed="ab" * 32,
        bid_list="cd" * 32,
        frozen_at=datetime(2026, 11, 27, tzinfo=CHINA),
        public="5 0 7",
    )

    assert sources.as_json() == {
        "sealed_seed": "ab" * 32,
        "bid_list": "cd" * 32,
        "frozen_at": "2026-11-27T00:00:00+08:00",
        "public": "5 0 7",
    }


def chi_square(found: Counter[object], expected: dict[object, float]) -> float:
    return sum((found[one] - count) ** 2 / count for one, count in expected.items())


def test_over_two_hundred_thousand_lots_no_place_and_no_pair_is_likelier() -> None:
    names = "甲乙丙丁戊"
    orders = [draw(names, SEED, number.to_bytes(4, "big")) for number in range(DRAWS)]

    places = Counter((one, place) for order in orders for place, one in enumerate(order))
    pairs = Counter(order[:2] for order in orders)

    # chi-square, one in a thousand: 39.25 at 16 degrees of freedom, 43.82 at 19
    assert chi_square(places, {(n, p): DRAWS / 5 for n in names for p in range(5)}) < 39.25
    assert chi_square(pairs, dict.fromkeys(permutations(names, 2), DRAWS / 20)) < 43.82


def test_a_weighted_draw_chooses_each_by_its_weight_among_those_that_are_left() -> None:
    weights = {"甲": 5, "乙": 3, "丙": 2}
    count = 20_000
    chosen = [weighted_draw(weights, 2, SEED, n.to_bytes(4, "big")) for n in range(count)]

    likely = {
        (one, other): count * weights[one] / 10 * weights[other] / (10 - weights[one])
        for one, other in permutations(weights, 2)
    }
    assert chi_square(Counter(chosen), likely) < 20.52  # one in a thousand at 5


@pytest.mark.parametrize("count", [3, 4, 65_536])
def test_a_weighted_draw_ends_with_those_who_have_weight(count: int) -> None:
    weights = {"甲": 1, "乙": 10**30, "丙": 7, "丁": 0, "戊": -1}

    assert sorted(weighted_draw(weights, count, SEED, b"")) == ["丙", "乙", "甲"]
    assert weighted_draw({"甲": 1}, 1, SEED, b"") == ("甲",)


def test_numbers_are_drawn_evenly_over_65536_rounds() -> None:
    numbers = [below(6, f"round {n}", SEED, b"") for n in range(65_536)]

    assert chi_square(Counter(numbers), dict.fromkeys(range(6), 65_536 / 6)) < 20.52
    assert below(1, "alone", SEED, b"") == 0
