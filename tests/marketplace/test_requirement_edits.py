"""A requirement is changed at one place and nowhere else."""

import pytest

from marketplace.requirement_edits import (
    NoSuchPlace,
    joined_by,
    places,
    read_place,
    replaced,
    with_leaf,
    without,
    written,
)
from marketplace.requirements import AllOf, AnyOf, Commitment, Filing, Nothing

A, B, C = Commitment("C01"), Commitment("C02"), Filing("C03")
TREE = AllOf((A, AnyOf((B, C))))


def test_every_part_has_a_place_that_a_form_can_name() -> None:
    found = {written(place): part for place, part in places(TREE)}

    assert found == {"": TREE, "0": A, "1": TREE.parts[1], "1.0": B, "1.1": C}
    assert [read_place(text) for text in found] == [(), (0,), (1,), (1, 0), (1, 1)]


def test_a_condition_is_put_beside_others_or_with_the_one_that_is_there() -> None:
    assert with_leaf(TREE, (1,), A) == AllOf((A, AnyOf((B, C, A))))
    assert with_leaf(A, (), B) == AllOf((A, B))
    assert with_leaf(Nothing(), (), B) == B


def test_a_condition_is_exchanged_taken_away_or_joined_otherwise() -> None:
    assert replaced(TREE, (1, 0), A) == AllOf((A, AnyOf((A, C))))
    assert without(TREE, (1, 0)) == AllOf((A, AnyOf((C,))))
    assert without(AllOf((A,)), (0,)) == Nothing()
    assert without(TREE, ()) == Nothing()
    assert joined_by(TREE, (), "any_of") == AnyOf(TREE.parts)
    assert joined_by(A, (), "any_of") == AnyOf((A,))


@pytest.mark.parametrize("place", [(2,), (0, 0), (1, 7)])
def test_what_is_not_there_is_not_changed(place: tuple[int, ...]) -> None:
    for change in (lambda: replaced(TREE, place, A), lambda: without(TREE, place)):
        with pytest.raises(NoSuchPlace):
            change()


def test_a_text_that_is_no_place_is_refused() -> None:
    for text in ("a", "1.", "-1", "一"):
        with pytest.raises(NoSuchPlace):
            read_place(text)
