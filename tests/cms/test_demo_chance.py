"""Choices that look like chance: the same for the same seed and labels."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cms.demo.chance import Chance


def test_a_choice_depends_on_the_seed_and_its_labels_alone() -> None:
    assert Chance("a").number(1000, "x", 1) == Chance("a").number(1000, "x", 1)
    assert Chance("a").number(1000, "x", 1) != Chance("b").number(1000, "x", 1)
    assert Chance("a").number(1000, "x", 1) != Chance("a").number(1000, "x1")


@given(st.text(), st.integers(-5, 5), st.integers(0, 9))
def test_a_number_lies_between_its_ends(seed: str, first: int, width: int) -> None:
    assert first <= Chance(seed).between(first, first + width, "n") <= first + width


@given(st.text(), st.lists(st.text(), unique=True))
def test_shuffling_loses_nothing(seed: str, things: list[str]) -> None:
    assert sorted(Chance(seed).shuffled(things, "s")) == sorted(things)
