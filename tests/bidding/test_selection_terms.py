"""Which terms can be read, by the name of their method."""

import subprocess
import sys

import pytest

from bidding.selection.methods import METHODS
from bidding.selection.terms import TERMS, NameTaken, UnknownMethod, register, terms_named
from bidding.selection.terms.lowest import LowestTerms


def test_terms_are_found_by_the_name_of_their_method():
    assert terms_named("lowest") is LowestTerms
    with pytest.raises(UnknownMethod):
        terms_named("nearest_name")


def test_registering_twice_changes_nothing_and_a_name_is_taken_once():
    class Other(LowestTerms):
        pass

    register(LowestTerms)
    with pytest.raises(NameTaken):
        register(Other)

    assert TERMS["lowest"] is LowestTerms


def test_all_that_is_offered_can_be_verified_without_the_platform():
    program = (
        "import sys; from bidding.selection.terms import TERMS;"
        "print(*TERMS, 'django' in sys.modules)"
    )

    known = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()

    assert known == [
        "lowest",
        "best_price",
        "auction",
        "shortlist",
        "plan_price",
        "experts",
        "random",
        "direct",
        "False",
    ]
    assert set(METHODS) <= set(known)
