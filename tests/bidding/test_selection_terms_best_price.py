"""The terms of the best price."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidding.selection.draw import NoEntrants, below
from bidding.selection.terms.best_price import BestPriceTerms, half_up

SEED = bytes(range(32))
CONTEXT = b"order"
CENTS = st.integers(1, 10_000_000).map(lambda cents: Decimal(cents).scaleb(-2))
OFFERS = st.dictionaries(st.text("abcdefghij", min_size=1, max_size=2), CENTS, min_size=1)


def terms(rate=96, *, most=None, trim_from=5):
    return BestPriceTerms(
        ceiling=None, least_rate=rate, most_rate=most or rate, trim_from=trim_from
    )


def offers(*amounts):
    return {chr(ord("a") + place): Decimal(amount) for place, amount in enumerate(amounts)}


def test_three_quotes_stay_whole_where_five_are_trimmed():
    """K3-05: with plain trimming one of three is left and always wins."""
    three = offers(90000, 80000, 70000)

    ranking = terms().rank(three, SEED, CONTEXT)

    assert ranking.order == ("b", "c", "a")
    assert ranking.reckoning == {
        "set_aside": [],
        "count": 3,
        "total": "240000.00",
        "rate": 96,
        "reference": "76800.00",
    }
    assert terms(trim_from=3).rank(three, SEED, CONTEXT).order == ("b",)


def test_the_outer_ones_are_set_aside_and_cannot_win():
    """The highest and the lowest are the nearest to what their own mean would be: no place."""
    ranking = terms(100).rank(offers(1, 100, 101, 102, 199), SEED, CONTEXT)

    assert ranking.reckoning["set_aside"] == ["e", "a"]
    assert ranking.order[0] == "c"
    assert set(ranking.order) == {"b", "c", "d"}


def test_of_equal_highest_one_alone_is_set_aside():
    ranking = terms().rank(offers(5, 5, 5, 5, 5), SEED, CONTEXT)

    assert len(set(ranking.reckoning["set_aside"])) == 2
    assert len(ranking.places) == 3
    assert all(place.is_tied for place in ranking.places)


def test_above_and_below_the_reference_are_equally_near_and_go_by_lot():
    ranking = terms(100).rank(offers(90, 110), SEED, CONTEXT)

    assert [place.is_tied for place in ranking.places] == [True, True]
    assert [place.ticket for place in ranking.places] == sorted(
        place.ticket for place in ranking.places
    )


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0.005", "0.01"), ("0.0049", "0.00"), ("76800.125", "76800.13"), ("76800.135", "76800.14")],
)
def test_half_a_cent_is_rounded_up(value, rounded):
    assert half_up(Fraction(value)) == Decimal(rounded)


def test_one_percent_of_the_bounds_is_drawn_by_seed_and_list():
    drawn = {
        terms(95, most=98).rank(offers(9, 8), SEED, f"{number}".encode()).reckoning["rate"]
        for number in range(64)
    }

    assert drawn == {95, 96, 97, 98}
    again = terms(95, most=98).rank(offers(9, 8), SEED, CONTEXT).reckoning["rate"]
    assert again == 95 + below(4, "rate", SEED, CONTEXT)


def test_nobody_is_nearest_to_nothing():
    with pytest.raises(NoEntrants):
        terms().rank({}, SEED, CONTEXT)


@given(OFFERS)
def test_nobody_that_counts_is_nearer_than_the_winner(made):
    ranking = terms(95, most=98).rank(made, SEED, CONTEXT)

    reference = Decimal(ranking.reckoning["reference"])
    aside = ranking.reckoning["set_aside"]
    assert set(ranking.order) | set(aside) == set(made)
    nearest = min(abs(made[one] - reference) for one in ranking.order)
    assert abs(ranking.winner.amount - reference) == nearest
    assert len(aside) == (2 if len(made) >= 5 else 0)


@given(OFFERS)
def test_the_order_of_entry_does_not_matter(made):
    turned = dict(reversed(made.items()))

    assert terms().rank(turned, SEED, CONTEXT) == terms().rank(made, SEED, CONTEXT)
