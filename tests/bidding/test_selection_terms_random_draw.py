"""The terms of the random draw."""

from collections import Counter
from decimal import Decimal

import pytest

from bidding.selection.draw import NoEntrants, ticket
from bidding.selection.terms.random_draw import RandomTerms

SEED = bytes(range(32))
TERMS = RandomTerms(price=Decimal(66000))


def test_the_smallest_lot_is_drawn_and_all_pay_the_same():
    offers = dict.fromkeys("abcd", Decimal(66000))

    ranking = TERMS.rank(offers, SEED, b"order")

    assert ranking.order == tuple(sorted("abcd", key=lambda one: ticket(one, SEED, b"order")))
    assert {place.amount for place in ranking.places} == {Decimal("66000.00")}
    assert all(place.is_tied for place in ranking.places)
    assert TERMS.bounds() == (Decimal(66000), Decimal(66000))


def test_one_alone_needs_no_lot_and_nobody_cannot_be_drawn():
    assert not TERMS.rank({"a": Decimal(66000)}, SEED, b"order").winner.is_tied
    with pytest.raises(NoEntrants):
        TERMS.rank({}, SEED, b"order")


def test_each_is_drawn_about_as_often():
    """Chi-square over 4,000 draws among five, 18.47 is passed once in a thousand."""
    offers = dict.fromkeys("abcde", Decimal(1))
    won = Counter(TERMS.rank(offers, SEED, f"{n}".encode()).winner.entrant for n in range(4000))

    assert sum((won[one] - 800) ** 2 / 800 for one in offers) < 18.47
