"""What the agencies of the story offer."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cms.demo.chance import Chance
from cms.demo.stories.prices import offers

BIDDERS = ["zhice", "honggu", "jiangan", "yuze", "huaiyu", "changdu"]


@given(st.text(), st.integers(28_000, 900_000), st.integers(1, 6))
def test_amounts_rise_below_the_ceiling_and_never_meet_by_accident(
    seed: str, ceiling: int, bidder_count: int
) -> None:
    found = offers(BIDDERS[:bidder_count], ceiling, tied=0, chance=Chance(seed), order="x")

    amounts = list(found.values())
    assert list(found) == BIDDERS[:bidder_count]
    assert all(lower < higher for lower, higher in pairwise(amounts))
    assert 0 < amounts[0] <= amounts[-1] <= ceiling


@given(st.text(), st.integers(28_000, 900_000))
def test_the_first_amounts_are_equal_where_the_script_wants_a_tie(seed: str, ceiling: int) -> None:
    amounts = list(offers(BIDDERS, ceiling, tied=3, chance=Chance(seed), order="x").values())

    assert amounts[0] == amounts[1] == amounts[2] < amounts[3]
