"""Amounts are counted by steps."""

import pytest

from search.facets import step_of


@pytest.mark.parametrize(
    ("amount", "step"),
    [(0, "0"), (9_999, "0"), (10_000, "10000"), (499_999, "100000"), (7_000_000, "1000000")],
)
def test_an_amount_lies_in_the_step_that_begins_at_or_below_it(amount: int, step: str) -> None:
    assert step_of(amount) == step
