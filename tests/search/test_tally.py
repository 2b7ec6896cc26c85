"""A facet is counted under what was chosen of the others."""

from search.query import parse
from search.tally import read, tally, with_kind, written

ROWS = [
    *(["kind=law year=2025"] * 2),
    *(["kind=law year=2026"] * 3),
    *(["kind=rule year=2026"] * 4),
]


def test_values_are_read_as_they_were_written() -> None:
    values = (("kind", "law"), ("year", "2026"))

    assert read(written(values)) == values
    assert read("") == ()


def test_everything_is_counted_while_nothing_is_chosen() -> None:
    assert tally(ROWS, ()) == {"kind": {"law": 5, "rule": 4}, "year": {"2025": 2, "2026": 7}}


def test_what_is_chosen_of_a_facet_leaves_its_own_counts_alone() -> None:
    chosen = (("kind", ("law",)),)

    assert tally(ROWS, chosen) == {"kind": {"law": 5, "rule": 4}, "year": {"2025": 2, "2026": 3}}
    assert tally(ROWS, (*chosen, ("year", ("2025",)))) == {
        "kind": {"law": 2},
        "year": {"2025": 2, "2026": 3},
    }


def test_the_asked_kind_is_a_choice() -> None:
    assert with_kind(parse("x", "law")) == (("kind", ("law",)),)
    assert with_kind(parse("x")) == ()


def test_for_whom_a_page_is_written_is_not_counted() -> None:
    assert tally(["kind=page reader=staff"], ()) == {"kind": {"page": 1}}
