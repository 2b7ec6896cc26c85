"""How long a sign-up may be, and what an order may say."""

import pytest

from bidding.rules import orders
from bidding.rules.orders import SERVICE_MAX, SIGNUP_MAX, SIGNUP_MIN, SMALL_DEDUCTION
from marketplace.kernel.declarations import Group
from marketplace.kernel.durations import Duration
from marketplace.kernel.kinds import Unfit
from tests.bidding.shipped import RULES


def test_the_shipped_periods():
    assert RULES[SIGNUP_MIN] == Duration(3, "working_day")
    assert RULES[SIGNUP_MAX] == Duration(60, "working_day")
    assert RULES[SERVICE_MAX] == Duration(1250, "working_day")


@pytest.mark.parametrize(
    ("least", "most", "holds"),
    [
        (Duration(3, "working_day"), Duration(60, "working_day"), True),
        (Duration(61, "working_day"), Duration(60, "working_day"), False),
        (Duration(48, "hour"), Duration(60, "working_day"), True),
    ],
)
def test_the_shortest_sign_up_is_not_longer_than_the_longest(least, most, holds):
    rules = RULES.changed({SIGNUP_MIN.key: least, SIGNUP_MAX.key: most})
    [group] = [one for one in orders.RULES if isinstance(one, Group) and SIGNUP_MIN.key in one.keys]

    assert group.holds(rules) is holds


def test_prices_of_small_enterprises_are_lowered_for_fiscal_money_from_the_limit_of_a_level_on():
    found = {
        key.removeprefix("order.small_deduction."): value
        for key, value in RULES.values.items()
        if key.startswith("order.small_deduction.")
    }

    assert found == {
        "fiscal": 0,
        "fiscal.province.from_1000000": 10,
        "fiscal.city.from_500000": 10,
        "fiscal.county.from_500000": 10,
        "state_owned": 0,
        "private": 0,
    }
    kind = SMALL_DEDUCTION.cell("fiscal").kind
    kind.check(20)
    with pytest.raises(Unfit):
        kind.check(21)
