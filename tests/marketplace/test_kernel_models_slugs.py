"""Public names that nobody can guess."""

from marketplace.kernel.models.slugs import ALPHABET, random_slug, slug_from
from marketplace.models import Message


def test_a_slug_is_twelve_marks_none_of_which_looks_like_another() -> None:
    slugs = {random_slug() for _turn in range(200)}

    assert len(slugs) == 200
    assert {len(slug) for slug in slugs} == {12}
    assert set("".join(slugs)) <= set(ALPHABET)
    assert set(ALPHABET) & set("01iloua") == {"a"}


def test_a_new_row_has_a_slug_before_it_is_stored() -> None:
    assert len(Message().slug) == 12
    assert Message().slug != Message().slug


def test_the_same_seed_gives_the_same_slug():
    assert slug_from(bytes([0, 29, 30, *range(40)])) == "2z2" + ALPHABET[:9]
