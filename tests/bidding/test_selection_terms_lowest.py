"""The terms of the lowest price."""

from decimal import Decimal

from bidding.selection.draw import ticket
from bidding.selection.terms.lowest import LowestTerms

SEED = bytes(range(32))


def test_offers_lie_between_floor_and_ceiling():
    terms = LowestTerms(ceiling=Decimal(9), floor=Decimal(4))

    assert terms.bounds() == (Decimal(4), Decimal(9))
    assert LowestTerms(ceiling=None).bounds() == (None, None)


def test_anybody_may_answer_and_all_wait_for_the_deadline():
    terms = LowestTerms(ceiling=None)

    assert terms.answering() is None
    assert terms.settles_on_entry is False


def test_the_cheapest_comes_first_and_equal_ones_by_lot():
    offers = {"a": Decimal(5), "b": Decimal(5), "c": Decimal(4)}
    lots = sorted("ab", key=lambda one: ticket(one, SEED, b"order"))

    ranking = LowestTerms(ceiling=None).rank(offers, SEED, b"order")

    assert ranking.order == ("c", *lots)
    assert [place.is_tied for place in ranking.places] == [False, True, True]


def test_terms_survive_their_own_json():
    terms = LowestTerms(ceiling=Decimal(86000), floor=None)

    assert terms.as_json() == {"ceiling": "86000.00", "floor": None}
    assert LowestTerms.read(terms.as_json()) == terms
