"""A quote far below the others is found exactly at the shares that the rulebook states."""

from decimal import Decimal
from fractions import Fraction

import pytest

from bidding.selection.low_quotes import Shortfall, shortfalls

MEAN, FOLLOWING = Decimal(40), Decimal(30)


def low(*amounts: str) -> list[str]:
    """Return the places, by the order given, of those that reach a share."""
    named = {str(place): Decimal(amount) for place, amount in enumerate(amounts)}
    found = shortfalls(named)
    return [one for one in named if found[one].reaches(mean=MEAN, following=FOLLOWING)]


@pytest.mark.parametrize(
    ("amounts", "found"),
    [
        (["70.00", "100.00", "100.00"], ["0"]),
        (["70.01", "100.00", "100.00"], []),
        (["60.00", "85.71", "140.00", "114.29"], ["0"]),
        (["60.01", "85.70", "140.00", "114.29"], []),
        (["48.00", "48.00", "104.00", "120.00"], ["0", "1"]),
        (["48.01", "48.01", "104.00", "120.00"], []),
        (["52.00", "52.00", "80.00"], []),
        (["10.00", "100.00", "20.00"], ["0", "2"]),
        (["0", "0.01"], ["0"]),
        (["0", "0", "0"], []),
        (["80.00"], []),
        ([], []),
    ],
)
def test_a_quote_is_low_from_the_share_on(amounts, found):
    assert low(*amounts) == found


def test_how_far_a_quote_lies_below_is_exact_and_ranks_do_not_depend_on_the_order():
    amounts = {"c": Decimal(90), "a": Decimal(40), "b": Decimal(60)}
    expected = {
        "a": Shortfall(Fraction(700, 19), Fraction(100, 3)),
        "b": Shortfall(Fraction(100, 19), Fraction(100, 3)),
        "c": Shortfall(Fraction(0), Fraction(0)),
    }

    assert shortfalls(amounts) == expected
    assert shortfalls(dict(sorted(amounts.items()))) == expected
