"""The live auction: what a quote does to a hall."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidding.selection.auction import HallRules, QuoteRefused, Why, fault, opened, quoted
from tests.clock import NOON

SECOND = timedelta(seconds=1)
MICROSECOND = timedelta(microseconds=1)
RULES = HallRules(
    ceiling=Decimal(100),
    floor=Decimal(50),
    step=Decimal(10),
    countdown=timedelta(minutes=5),
    longest=timedelta(minutes=20),
    floor_is_open=True,
    floor_resets=False,
)
START = opened(RULES, NOON)


def after(*quotes, hall=START):
    """Return the hall after (bidder, amount, seconds since it opened)."""
    for bidder, amount, seconds in quotes:
        hall = quoted(hall, bidder, Decimal(amount), NOON + seconds * SECOND)
    return hall


def why(hall, bidder, amount, seconds=100):
    return fault(hall, bidder, Decimal(amount), NOON + seconds * SECOND)


def test_the_last_moment_counts_and_the_end_does_not():
    last = START.ends_at - MICROSECOND

    assert quoted(START, "a", Decimal(100), last).price == 100
    assert fault(START, "a", Decimal(100), START.ends_at) == Why.OVER
    with pytest.raises(QuoteRefused) as refused:
        quoted(START, "a", Decimal(100), START.ends_at)
    assert refused.value.why == Why.OVER


@pytest.mark.parametrize(
    ("bidder", "amount", "found"),
    [
        ("b", 90, None),
        ("b", "90.01", Why.NOT_LOW_ENOUGH),
        ("b", 50, None),
        ("b", "49.99", Why.BELOW_FLOOR),
        ("b", "100.01", Why.ABOVE_CEILING),
        ("a", 90, Why.LEADS),
    ],
)
def test_each_quote_is_a_step_below_by_another(bidder, amount, found):
    assert why(after(("a", 100, 1)), bidder, amount) == found


def test_the_first_quote_may_be_the_ceiling_itself():
    assert START.most == 100
    assert why(START, "a", "100.01") == Why.ABOVE_CEILING
    assert why(START, "a", 100) is None


def test_what_is_left_above_the_floor_may_be_less_than_a_step():
    near = after(("a", 55, 1))

    assert near.most == 50
    assert why(near, "b", "50.01") == Why.NOT_LOW_ENOUGH
    assert why(near, "b", 50) is None


def test_a_quote_above_the_floor_restarts_the_clock_and_one_at_the_floor_does_not():
    above = after(("a", 60, 100))
    at_floor = after(("b", 50, 200), hall=above)
    resetting = replace(above, rules=replace(RULES, floor_resets=True))

    assert above.ends_at == NOON + timedelta(seconds=400)
    assert at_floor.ends_at == above.ends_at
    assert after(("b", 50, 200), hall=resetting).ends_at == NOON + timedelta(seconds=500)


def test_at_the_floor_each_may_join_once_where_it_is_open():
    hall = after(("a", 50, 1), ("b", 50, 2))
    closed = replace(hall, rules=replace(RULES, floor_is_open=False))

    assert hall.leaders == ("a", "b")
    assert hall.most == 50
    assert why(hall, "a", 50) == Why.LEADS
    assert why(hall, "c", 50) is None
    assert closed.most is None
    assert why(closed, "c", 50) == Why.FLOOR_TAKEN


def test_the_hall_lasts_no_longer_than_announced():
    quotes = [
        (name, amount, 240 * (place + 1))
        for place, (name, amount) in enumerate(
            [("a", 100), ("b", 90), ("a", 80), ("b", 70), ("a", 60)]
        )
    ][:4]

    hall = after(*quotes)

    assert hall.ends_at == NOON + timedelta(seconds=1200)


def test_without_a_floor_amounts_end_above_zero():
    free = opened(replace(RULES, floor=None), NOON)
    low = quoted(free, "a", Decimal(10), NOON)

    assert low.most is None
    assert why(low, "b", 0) == Why.BELOW_FLOOR
    assert why(low, "b", "0.01") == Why.NOT_LOW_ENOUGH


def test_time_does_not_go_back():
    assert why(after(("a", 100, 10)), "b", 90, seconds=9) == Why.OUT_OF_ORDER


BY_RATE = replace(
    RULES, ceiling=Decimal("99999.97"), floor=Decimal("71999.98"), step=Decimal("5.6"), by_rate=True
)


def test_where_rates_are_quoted_a_step_is_points_of_the_rate():
    hall = opened(BY_RATE, NOON)
    first = quoted(hall, "a", Decimal("94399.97"), NOON)  # 5.60 % off

    assert (hall.most, first.most) == (Decimal("99999.97"), Decimal("88799.97"))
    assert why(first, "b", "88799.97") is None
    assert why(first, "b", "88809.97") == Why.NOT_LOW_ENOUGH  # 11.19 %
    assert why(first, "b", "88629.98") == Why.NOT_A_RATE  # between 11.37 % and 11.36 %
    assert why(first, "b", "71999.98") is None
    assert list(first.steps(9)) == [
        Decimal(amount)
        for amount in ("88799.97", "83199.98", "77599.98", "71999.98")  # 11.2, 16.8, 22.4, 28 %
    ]


def test_no_rate_is_a_whole_hundred():
    free = opened(replace(BY_RATE, floor=None, step=Decimal(60)), NOON)
    half = quoted(free, "a", Decimal("49999.99"), NOON)  # 50 % off

    assert half.most is None
    assert list(half.steps(3)) == []


ATTEMPTS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(4000, 11000), st.integers(0, 250)), max_size=30
)


@given(ATTEMPTS, st.booleans(), st.booleans())
def test_prices_fall_the_end_only_moves_back_and_nothing_counts_after_it(made, is_open, resets):
    hall = opened(replace(RULES, floor_is_open=is_open, floor_resets=resets), NOON)
    at, counted = NOON, []
    for bidder, cents, wait in made:
        at, amount = at + wait * SECOND, Decimal(cents).scaleb(-2)
        found = fault(hall, bidder, amount, at)
        if found is not None:
            with pytest.raises(QuoteRefused):
                quoted(hall, bidder, amount, at)
            continue
        later = quoted(hall, bidder, amount, at)
        assert NOON <= at < hall.ends_at <= later.ends_at <= NOON + RULES.longest
        assert RULES.floor <= amount <= RULES.ceiling
        if hall.price is not None:
            joins = amount == hall.price == RULES.floor
            assert joins or amount <= hall.price - RULES.step or amount == RULES.floor
            assert not joins or is_open
        if amount != RULES.floor or resets:
            assert later.ends_at == min(at + RULES.countdown, NOON + RULES.longest)
        hall = later
        counted.append(amount)

    assert counted == sorted(counted, reverse=True)
    assert hall.price == (counted[-1] if counted else None)
    above = [amount for amount in hall.last.values() if amount != RULES.floor]
    assert len(above) == len(set(above))


@given(ATTEMPTS)
def test_who_may_quote_at_all_may_quote_the_most(made):
    hall, at = START, NOON
    for bidder, cents, _wait in made:
        at += SECOND
        if fault(hall, bidder, Decimal(cents).scaleb(-2), at) is None:
            hall = quoted(hall, bidder, Decimal(cents).scaleb(-2), at)

    outsider = fault(hall, "e", hall.most, at) if hall.most is not None else Why.FLOOR_TAKEN
    assert outsider is None
    assert fault(hall, "e", hall.most + Decimal("0.01"), at) in {
        Why.NOT_LOW_ENOUGH,
        Why.ABOVE_CEILING,
    }
