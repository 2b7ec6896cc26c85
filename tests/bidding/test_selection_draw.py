"""The draw and the lowest price: published vectors, and what holds for every list."""

import hashlib
import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidding.selection.draw import (
    AmountNotExact,
    DuplicateEntrants,
    NoEntrants,
    SeedOfWrongLength,
    commitment,
    draw,
    draw_context,
    lowest_price,
    money,
    ticket,
    weighted_draw,
)
from bidding.selection.terms import MethodTerms
from bidding.selection.terms.direct import DirectTerms
from bidding.selection.terms.lowest import LowestTerms
from bidding.selection.terms.versions import FlatTerms, Terms

VECTORS = json.loads((Path(__file__).parent / "draw_vectors.json").read_text(encoding="utf-8"))
SEED = bytes(range(32))
FLAT = FlatTerms(
    tender_code="JX360702-2026-00012",
    method="lowest",
    fund="fiscal",
    rulebook="ab" * 32,
    ceiling=Decimal("86000.00"),
    min_signups=3,
)
TERMS = Terms(
    tender_code="JX360702-2026-00012",
    fund="fiscal",
    rulebook="ab" * 32,
    min_signups=3,
    method=LowestTerms(ceiling=Decimal("86000.00")),
)

seeds = st.binary(min_size=32, max_size=32)
contexts = st.binary(max_size=40)
names = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
entrant_sets = st.sets(names, min_size=1, max_size=9)
amounts = st.integers(0, 400).map(lambda cents: Decimal(cents).scaleb(-2))
offer_maps = st.dictionaries(names, amounts, min_size=1, max_size=9)


@pytest.mark.parametrize("vector", VECTORS["draws"])
def test_draw_gives_the_published_vectors(vector):
    seed, context = bytes.fromhex(vector["seed"]), bytes.fromhex(vector["context"])

    assert list(draw(vector["entrants"], seed, context)) == vector["order"]
    assert [ticket(entrant, seed, context) for entrant in vector["order"]] == vector["tickets"]


@pytest.mark.parametrize("vector", VECTORS["commitments"])
def test_commitment_gives_the_published_vectors(vector):
    terms = {
        **vector["terms"],
        "ceiling": vector["terms"]["ceiling"] and Decimal(vector["terms"]["ceiling"]),
        "floor": vector["terms"]["floor"] and Decimal(vector["terms"]["floor"]),
    }

    assert commitment(bytes.fromhex(vector["seed"]), FlatTerms(**terms)) == vector["commitment"]


def test_a_ticket_can_be_recomputed_by_hand():
    parts = (b"wszj-draw/1 ticket", b"order", SEED, "甲".encode())
    by_hand = hashlib.sha256(b"".join(len(p).to_bytes(4, "big") + p for p in parts)).hexdigest()

    assert ticket("甲", SEED, b"order") == by_hand


@given(st.data(), entrant_sets, seeds, contexts)
def test_draw_ignores_the_order_of_entry(data, entrants, seed, context):
    shuffled = data.draw(st.permutations(sorted(entrants)))

    assert draw(shuffled, seed, context) == draw(sorted(entrants), seed, context)


@given(entrant_sets, seeds, contexts)
def test_draw_leaves_nobody_out_and_adds_nobody(entrants, seed, context):
    assert sorted(draw(entrants, seed, context)) == sorted(entrants)


@given(st.data(), entrant_sets, seeds, contexts)
def test_draw_keeps_the_rest_in_order_when_some_withdraw(data, entrants, seed, context):
    leavers = data.draw(st.sets(st.sampled_from(sorted(entrants))))
    stayers = [name for name in draw(entrants, seed, context) if name not in leavers]

    if stayers:
        assert list(draw(set(stayers), seed, context)) == stayers


@given(names, names, seeds, contexts, contexts)
def test_inputs_do_not_run_into_each_other(one, other, seed, context, other_context):
    same = (one, context) == (other, other_context)

    assert (ticket(one, seed, context) == ticket(other, seed, other_context)) is same


def test_moving_a_byte_from_one_input_to_the_next_changes_the_ticket():
    shifted = bytes([*SEED[1:], ord("a")])

    assert ticket("b", shifted, b"c\x00") != ticket("ab", SEED, b"c")


MANY = 200_000
BEYOND = {1: 10.828, 3: 16.266, 11: 31.264}
"""What chi-square exceeds once in a thousand times, by degrees of freedom."""


def seed_of(number):
    return hashlib.sha256(number.to_bytes(4, "big")).digest()


def fourths(names):
    return dict.fromkeys(names, 1 / 4)


def is_fair(counts, shares):
    """Tell whether the counts are of these shares, which sum to 1."""
    expected = {one: share * sum(counts.values()) for one, share in shares.items()}
    assert counts.keys() <= expected.keys()
    square = sum((counts[one] - right) ** 2 / right for one, right in expected.items())
    return square < BEYOND[len(expected) - 1]


def test_in_many_draws_each_place_and_each_pair_is_fair():
    entrants = [f"9136070{place}MA39TL6X4K" for place in range(4)]
    orders = Counter(draw(entrants, seed_of(number), b"order") for number in range(MANY))
    even, half = fourths(entrants), {True: 1 / 2, False: 1 / 2}

    assert orders.total() == MANY
    for place in range(4):
        at_place = Counter()
        for order, count in orders.items():
            at_place[order[place]] += count
        assert is_fair(at_place, even), place
    for one, other in combinations(entrants, 2):
        before = Counter()
        for order, count in orders.items():
            before[order.index(one) < order.index(other)] += count
        assert is_fair(before, half), (one, other)
    # the same measure finds one place in fifty that goes to somebody else
    assert not is_fair(
        Counter({"a": 51_000, "b": 49_000, "c": 50_000, "d": 50_000}), fourths("abcd")
    )


def test_in_many_weighted_draws_each_pair_of_first_and_second_has_its_share():
    weights = {"a": 1, "b": 2, "c": 3, "d": 4, "nobody": 0}
    drawn = Counter(weighted_draw(weights, 2, seed_of(number), b"order") for number in range(MANY))

    assert drawn.total() == MANY
    shares = {
        (one, other): weights[one] / 10 * weights[other] / (10 - weights[one])
        for one, other in permutations("abcd", 2)
    }
    assert is_fair(drawn, shares)


@pytest.mark.parametrize("method", [draw, lambda *args: lowest_price({}, *args[1:])])
def test_nobody_cannot_be_drawn(method):
    with pytest.raises(NoEntrants):
        method([], SEED, b"")


def test_nobody_has_two_chances():
    with pytest.raises(DuplicateEntrants):
        draw(["a", "b", "a"], SEED, b"")


@pytest.mark.parametrize("seed", [b"", SEED[:31], SEED + b"\0"])
def test_a_seed_has_32_bytes(seed):
    with pytest.raises(SeedOfWrongLength):
        draw(["a"], seed, b"")
    with pytest.raises(SeedOfWrongLength):
        commitment(seed, TERMS)


CHANGES = {
    "tender_code": "JX360702-2026-00013",
    "method": "direct",
    "fund": "private",
    "rulebook": "ac" * 32,
    "ceiling": Decimal("86000.01"),
    "min_signups": 2,
    "floor": Decimal("0.00"),
    "named_agency": "9136070MA39TL6X4K",
}


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_commitment_and_context_bound_every_term_of_version_1(name):
    changed = replace(FLAT, **{name: CHANGES[name]})

    assert commitment(SEED, changed) != commitment(SEED, FLAT)
    assert draw_context(changed, []) != draw_context(FLAT, [])
    assert set(CHANGES) == set(FLAT.as_json())


TYPED = {
    "tender_code": "JX360702-2026-00013",
    "fund": "private",
    "rulebook": "ac" * 32,
    "min_signups": 2,
    "ceiling": LowestTerms(ceiling=Decimal("86000.01")),
    "floor": LowestTerms(ceiling=Decimal("86000.00"), floor=Decimal(0)),
    "another method": DirectTerms(ceiling=Decimal("86000.00"), named_agency="9136070MA39TL6X4K"),
}


@pytest.mark.parametrize("name", sorted(TYPED))
def test_commitment_and_context_bind_every_term(name):
    field = "method" if isinstance(TYPED[name], MethodTerms) else name
    changed = replace(TERMS, **{field: TYPED[name]})

    assert commitment(SEED, changed) != commitment(SEED, TERMS)
    assert draw_context(changed, []) != draw_context(TERMS, [])


def test_the_versions_make_different_promises_of_the_same_terms():
    assert commitment(SEED, FLAT) != commitment(SEED, TERMS)


@given(seeds, seeds)
def test_commitment_binds_the_seed(one, other):
    assert (commitment(one, TERMS) == commitment(other, TERMS)) is (one == other)


def test_equal_money_makes_equal_commitments():
    assert commitment(
        SEED, replace(TERMS, method=LowestTerms(ceiling=Decimal(86000)))
    ) == commitment(SEED, TERMS)


offers = st.tuples(names, names, names)


@given(st.data(), st.lists(offers, max_size=5))
def test_context_ignores_the_order_of_offers_and_nothing_else(data, listed):
    shuffled = data.draw(st.permutations(listed))
    other = data.draw(st.lists(offers, max_size=5))

    assert draw_context(TERMS, shuffled) == draw_context(TERMS, listed)
    assert (draw_context(TERMS, other) == draw_context(TERMS, listed)) is (
        sorted(other) == sorted(listed)
    )


def test_the_lowest_price_wins_to_the_cent():
    offers = {"a": Decimal("100.01"), "b": Decimal(100), "c": Decimal("99.99")}

    ranking = lowest_price(offers, SEED, b"")

    assert ranking.order == ("c", "b", "a")
    assert ranking.winner.entrant == "c"
    assert ranking.winner.amount == Decimal("99.99")
    assert not any(place.is_tied for place in ranking.places)


def test_prices_are_not_compared_as_text():
    assert lowest_price({"a": Decimal(100), "b": Decimal(99)}, SEED, b"").order == ("b", "a")


def test_equal_lowest_prices_are_drawn():
    offers = {name: Decimal(88) for name in "abcd"} | {"e": Decimal(89)}

    ranking = lowest_price(offers, SEED, b"order")

    assert ranking.order == (*draw("abcd", SEED, b"order"), "e")
    assert [place.is_tied for place in ranking.places] == [True, True, True, True, False]


@given(offer_maps, seeds, contexts)
def test_every_tie_in_the_list_is_in_drawn_order(offers, seed, context):
    ranking = lowest_price(offers, seed, context)

    for amount in set(offers.values()):
        tied = [name for name in ranking.order if offers[name] == amount]
        assert tied == list(draw(tied, seed, context))
    assert [p.is_tied for p in ranking.places] == [
        list(offers.values()).count(offers[p.entrant]) > 1 for p in ranking.places
    ]


@given(offer_maps, seeds, contexts)
def test_nobody_cheaper_stands_behind(offers, seed, context):
    ranking = lowest_price(offers, seed, context)
    ranked = [place.amount for place in ranking.places]

    assert ranked == sorted(offers.values())
    assert {place.entrant: place.amount for place in ranking.places} == offers


@given(st.data(), offer_maps, seeds, contexts)
def test_a_withdrawal_keeps_the_rest_in_order(data, offers, seed, context):
    leaver = data.draw(st.sampled_from(sorted(offers)))
    rest = {name: amount for name, amount in offers.items() if name != leaver}
    stayers = tuple(name for name in lowest_price(offers, seed, context).order if name != leaver)

    if rest:
        assert lowest_price(rest, seed, context).order == stayers


@pytest.mark.parametrize(
    "amount", ["-0.01", "0.001", "99.999", "NaN", "Infinity", "1000000000000.00", "1E+40"]
)
def test_an_amount_without_exact_form_is_refused(amount):
    with pytest.raises(AmountNotExact):
        lowest_price({"a": Decimal(amount)}, SEED, b"")


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        *(("86000", "86000.00"), ("0", "0.00"), ("-0", "0.00"), ("8.6E+4", "86000.00")),
        *(("0.10", "0.10"), ("999999999999.99", "999999999999.99"), ("1.2000", "1.20")),
    ],
)
def test_money_has_two_decimals(amount, text):
    assert money(Decimal(amount)) == text


def test_context_counts_an_offer_listed_twice():
    offer = ("a", "5.00", "2026-11-24T00:00:00+08:00")

    assert draw_context(TERMS, [offer, offer]) != draw_context(TERMS, [offer])
